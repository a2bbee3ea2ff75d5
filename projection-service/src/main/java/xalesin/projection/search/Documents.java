package xalesin.projection.search;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import xalesin.projection.search.SearchIndex.Change;
import xalesin.projection.search.SearchableView.Texts;
import xalesin.projection.view.SearchField;

/** Makes the documents of one index, one after the other. For one writing thread at a time. */
final class Documents {
  private static final FieldType TEXT_TYPE = type(true, IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
  private static final FieldType CODE_TYPE = type(false, IndexOptions.DOCS);

  private final Words words = Words.indexing(() -> this.tenantPrefix);

  /** Of the document at hand. */
  private String tenantPrefix = "";

  /** Cuts the texts of the document made last. */
  Words words() {
    return words;
  }

  private static FieldType type(boolean words, IndexOptions options) {
    FieldType type = new FieldType();
    type.setTokenized(words);
    type.setOmitNorms(!words);
    type.setIndexOptions(options);
    type.freeze();
    return type;
  }

  /**
   * The document of a row.
   *
   * @param encoded its texts, as {@link SearchableView#encode} has them
   */
  Document of(Change change, byte[] encoded) {
    SearchableView view = change.view();
    Texts texts = view.decode(encoded);
    tenantPrefix = Words.prefix(change.tenant());
    Document document = new Document();
    BytesRef key = new BytesRef(change.key());
    document.add(new StringField(SearchIndex.KEY, key, Store.NO));
    document.add(new SortedDocValuesField(SearchIndex.KEY, key));
    BytesRef scope = new BytesRef(change.key(), 0, change.key().length - SearchIndex.ID_BYTES);
    document.add(new StringField(SearchIndex.SCOPE, scope, Store.NO));
    for (int i = 0; i < view.fields().size(); i++) {
      SearchField<Object> field = view.fields().get(i);
      String indexed = view.indexed(field);
      String text = texts.fields().get(i);
      if (field.kind() == SearchField.Kind.TEXT) {
        document.add(new Field(indexed, text, TEXT_TYPE));
      } else {
        for (String term : Codes.terms(text)) {
          document.add(new Field(indexed, tenantPrefix + term, CODE_TYPE));
        }
      }
    }
    for (int i = 0; i < view.filters().size(); i++) {
      String indexed = view.indexed(view.filters().get(i));
      for (String value : texts.filters().get(i)) {
        document.add(new StringField(indexed, value, Store.NO));
      }
    }
    return document;
  }
}
