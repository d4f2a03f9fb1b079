/// Values written so that the reader of a file reads back exactly the value.
///
/// Each function is for one place in one kind of file. A value is left bare only when it
/// is plain beyond doubt; where a file cannot hold some value at all (a line break in
/// pg_hba.conf), the throwing types of this module keep it from getting here. No file can
/// hold a NUL.
package enum Quoting {}
