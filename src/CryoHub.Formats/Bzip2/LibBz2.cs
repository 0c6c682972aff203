using System.Runtime.InteropServices;

namespace CryoHub.Formats.Bzip2;

/// <summary>The three functions of libbz2 that unpack.</summary>
internal static unsafe partial class LibBz2
{
    public const int Ok = 0;
    public const int StreamEnd = 4;

    private const string Library = "libbz2.so.1.0";

    /// <summary>bz_stream of bzlib.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct State
    {
        public byte* NextIn;
        public uint AvailableIn;
        public uint TotalInLow;
        public uint TotalInHigh;
        public byte* NextOut;
        public uint AvailableOut;
        public uint TotalOutLow;
        public uint TotalOutHigh;
        public nint Inner;
        public nint Allocate;
        public nint Free;
        public nint Opaque;
    }

    [LibraryImport(Library, EntryPoint = "BZ2_bzDecompressInit")]
    public static partial int Begin(State* state, int verbosity, int small);

    [LibraryImport(Library, EntryPoint = "BZ2_bzDecompress")]
    public static partial int Step(State* state);

    [LibraryImport(Library, EntryPoint = "BZ2_bzDecompressEnd")]
    public static partial int End(State* state);
}
