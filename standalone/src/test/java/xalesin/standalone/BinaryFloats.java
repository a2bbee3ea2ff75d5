package xalesin.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds every use of {@code double} and {@code float} in a compiled class: fields, parameters,
 * results, type arguments, constants, arrays, casts, arithmetic and calls. Local variables and
 * casts leave no other trace than their instructions, so it reads those.
 */
final class BinaryFloats {
  private static final Set<ClassDesc> FLOATS =
      Set.of(
          ConstantDescs.CD_double,
          ConstantDescs.CD_float,
          ConstantDescs.CD_Double,
          ConstantDescs.CD_Float);

  /** Load, store, compute, compare, convert and return. */
  private static final Pattern FLOAT_OPCODE =
      Pattern.compile(
          "[DF](A?LOAD|A?STORE|ADD|SUB|MUL|DIV|REM|NEG|RETURN|CMP|CONST|2[ILDF]).*|[IL]2[DF]");

  private static final Pattern FLOAT_ARGUMENT = Pattern.compile("Ljava/lang/(Double|Float);");

  private BinaryFloats() {}

  /** What was found, in words; empty when there is none. */
  static List<String> in(URI classFile) {
    try (InputStream bytes = classFile.toURL().openStream()) {
      return in(ClassFile.of().parse(bytes.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> in(ClassModel model) {
    List<String> found = new ArrayList<>();
    String name = model.thisClass().asInternalName().replace('/', '.');
    if (hasFloatArgument(model)) {
      found.add(name + " has a type argument");
    }
    for (FieldModel field : model.fields()) {
      if (isFloat(field.fieldTypeSymbol()) || hasFloatArgument(field)) {
        found.add("%s.%s is a field".formatted(name, field.fieldName().stringValue()));
      }
    }
    for (MethodModel method : model.methods()) {
      String methodName = name + "." + method.methodName().stringValue();
      if (isFloat(method.methodTypeSymbol()) || hasFloatArgument(method)) {
        found.add(methodName + " takes or returns one");
      }
      method
          .code()
          .ifPresent(
              code -> {
                for (CodeElement element : code) {
                  if (element instanceof Instruction instruction && uses(instruction)) {
                    found.add("%s does %s".formatted(methodName, instruction));
                  }
                }
              });
    }
    return found;
  }

  private static boolean uses(Instruction instruction) {
    return switch (instruction) {
      case InvokeInstruction call -> isFloat(call.typeSymbol()) || isFloat(call.owner().asSymbol());
      case InvokeDynamicInstruction call ->
          isFloat(call.typeSymbol())
              || call.bootstrapArgs().stream().anyMatch(BinaryFloats::isFloat);
      case FieldInstruction field ->
          isFloat(field.typeSymbol()) || isFloat(field.owner().asSymbol());
      case TypeCheckInstruction check -> isFloat(check.type().asSymbol());
      case NewPrimitiveArrayInstruction array ->
          array.typeKind() == TypeKind.DOUBLE || array.typeKind() == TypeKind.FLOAT;
      case ConstantInstruction constant -> isFloat(constant.constantValue());
      default -> FLOAT_OPCODE.matcher(instruction.opcode().name()).matches();
    };
  }

  private static boolean isFloat(@Nullable Object constant) {
    return switch (constant) {
      case Double _, Float _ -> true;
      case ClassDesc type -> isFloat(type);
      case MethodTypeDesc type -> isFloat(type);
      case MethodHandleDesc called -> isFloat(called.invocationType());
      case null, default -> false;
    };
  }

  private static boolean isFloat(MethodTypeDesc type) {
    return isFloat(type.returnType())
        || type.parameterList().stream().anyMatch(BinaryFloats::isFloat);
  }

  private static boolean isFloat(ClassDesc type) {
    ClassDesc element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    return FLOATS.contains(element);
  }

  private static boolean hasFloatArgument(AttributedElement element) {
    return element
        .findAttribute(Attributes.signature())
        .map(signature -> FLOAT_ARGUMENT.matcher(signature.signature().stringValue()).find())
        .orElse(false);
  }
}
