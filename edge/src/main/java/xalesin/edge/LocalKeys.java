package xalesin.edge;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import xalesin.schemas.Check;

/**
 * The secret of one installation: signs its tokens and gives the other keys that are derived from
 * it. It lives in a file that only its owner may read. Thread-safe. Several processes may open the
 * same folder at once: one of them makes the secret, all of them read the same.
 */
public final class LocalKeys {
  /** The file below the data folder. */
  public static final String FILE = "token.key";

  private static final String PREFIX = "xalesin-key-1:";
  private static final int SECRET_BYTES = 32;
  private static final int MAX_FILE_BYTES = 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final byte[] secret;

  private LocalKeys(byte[] secret) {
    this.secret = secret;
  }

  /** The keys of a data folder, made when there are none yet. */
  public static LocalKeys open(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        create(file);
      }
      return load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the key file " + file + " cannot be made", e);
    }
  }

  /**
   * The keys in a file that {@link #open} made. Throws IllegalStateException when it is not such a
   * file.
   */
  public static LocalKeys load(Path file) {
    try {
      for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
        if (!OWNER_ONLY.contains(permission)) {
          throw new IllegalStateException(
              file + " may be used by others than its owner: chmod 600 it");
        }
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalStateException(file + " is not a key file of xalesin");
      }
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (!text.startsWith(PREFIX)) {
        throw new IllegalStateException(file + " is not a key file of xalesin");
      }
      byte[] secret = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
      if (secret.length < SECRET_BYTES) {
        throw new IllegalStateException(
            file + " holds a secret of less than " + SECRET_BYTES + " bytes");
      }
      return new LocalKeys(secret);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(file + " is damaged: it is not base64url", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the key file " + file + " cannot be read", e);
    }
  }

  /**
   * Written aside and linked into place whole, so that another process never reads half a secret.
   */
  private static void create(Path file) throws IOException {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n";
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            FILE,
            ".new",
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
      }
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first: its secret counts.
    } finally {
      Files.delete(draft);
    }
  }

  /** A signed token for a caller of this installation. */
  public String sign(String tenant, String user, Collection<Role> roles, Duration timeToLive) {
    if (!Check.isTenant(tenant)) {
      throw new IllegalArgumentException("not a tenant name: " + tenant);
    }
    if (user.isBlank()
        || user.length() > Caller.MAX_USER
        || roles.isEmpty()
        || !timeToLive.isPositive()) {
      throw new IllegalArgumentException("a token needs a user, a role and a time to live");
    }
    Instant now = Clock.systemUTC().instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .audience(JwtVerifier.AUDIENCE)
            .subject(user)
            .claim("tenant", tenant)
            .claim("roles", roles.stream().map(Role::text).distinct().toList())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(timeToLive)))
            .build();
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      jwt.sign(new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 is part of every JDK", e);
    }
    return jwt.serialize();
  }

  public TokenVerifier verifier() {
    return verifier(Clock.systemUTC());
  }

  /** By a clock of its own. */
  public TokenVerifier verifier(InstantSource clock) {
    return verifier(TokenRules.LOCAL, clock);
  }

  TokenVerifier verifier(TokenRules rules, InstantSource clock) {
    return new JwtVerifier(secret, rules, clock);
  }

  /**
   * A key of 32 bytes for one purpose, such as "cursor": always the same, tells nothing about the
   * others.
   */
  public byte[] derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(("xalesin:" + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }
}
