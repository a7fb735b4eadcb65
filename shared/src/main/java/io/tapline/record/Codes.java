package io.tapline.record;

/**
 * The codes of rejections and of header problems: CleverTap's number where it has one, else a word
 * of ours.
 */
final class Codes {

  static final String EVENT_NAME_MISSING = "509";
  static final String EVENT_STRUCTURE = "512";
  static final String EVENT_NAME_RESTRICTED = "513";
  static final String GENDER = "514";
  static final String EMAIL = "515";
  static final String PHONE = "516";
  static final String EMPLOYED = "517";
  static final String EDUCATION = "518";
  static final String MARRIED = "519";
  static final String AGE = "520";
  static final String TOO_MANY_PROPERTIES = "522";
  static final String IDENTITY = "523";
  static final String TIMESTAMP = "525";
  static final String OBJECT_ID = "526";
  static final String TOKEN_OBJECT_ID_MISSING = "530";
  static final String TOKEN_ID_MISSING = "532";
  static final String TOKEN_TYPE_MISSING = "533";
  static final String TOKEN_DATA = "535";

  static final String TYPE_MISMATCH = "TYPE_MISMATCH";
  static final String VALUE_TOO_LONG = "VALUE_TOO_LONG";
  static final String LIST_TOO_LONG = "LIST_TOO_LONG";
  static final String NESTED_VALUE = "NESTED_VALUE";
  static final String FORBIDDEN_EVENT_NAME = "FORBIDDEN_EVENT_NAME";
  static final String SUBSCRIPTION_TYPE = "SUBSCRIPTION_TYPE";
  static final String SUBSCRIPTION_STATUS = "SUBSCRIPTION_STATUS";
  static final String VALUE_MISSING = "VALUE_MISSING";
  static final String LIST_TYPE = "LIST_TYPE";

  static final String MISSING_COLUMN = "MISSING_COLUMN";
  static final String DUPLICATE_COLUMN = "DUPLICATE_COLUMN";
  static final String FORBIDDEN_COLUMN_NAME = "FORBIDDEN_COLUMN_NAME";
  static final String COLUMN_NAME_TOO_LONG = "COLUMN_NAME_TOO_LONG";
  static final String EMPTY_COLUMN_NAME = "EMPTY_COLUMN_NAME";
  static final String UNKNOWN_COLUMN = "UNKNOWN_COLUMN";
  static final String UNSUPPORTED_TYPE = "UNSUPPORTED_TYPE";
  static final String TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS";

  static final String TYPE_WIDENED = "TYPE_WIDENED";
  static final String TYPES_OF_FEW_ROWS = "TYPES_OF_FEW_ROWS";

  private Codes() {}
}
