package io.tapline.sync;

/** The type in which a column's values are sent. */
public enum ColumnType {
  STRING,
  NUMBER,
  BOOLEAN,
  /** Sent as {@code "$D_<epoch seconds>"}. */
  DATE,
  /** A JSON array of scalars; Upload User Profiles only. */
  LIST
}
