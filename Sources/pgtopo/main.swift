import PgtopoCommand
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

exit(Pgtopo.run(Array(CommandLine.arguments.dropFirst()), in: .live))
