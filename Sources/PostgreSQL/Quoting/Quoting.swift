/// Values written so that the reader of a file gets back exactly the same value.
///
/// Each function is for one place in one kind of file. A value is left bare only if it is
/// plain beyond doubt. Where a file cannot contain some value at all (a line break in
/// pg_hba.conf), the throwing types of this module keep it from getting here. No file can
/// contain a NUL.
package enum Quoting {}
