using System.Runtime.InteropServices;

namespace CryoHub.Formats.Jpeg;

/// <summary>The functions of libjpeg-turbo that unpack one image (its TurboJPEG interface, version 1.2 and later).</summary>
internal static unsafe partial class LibTurboJpeg
{
    public const int Rgb = 0;
    public const int Grey = 6;
    public const int Cmyk = 11;

    private const string Library = "libturbojpeg.so.0";

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint Open();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Close(nint handle);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(nint handle, byte* packed, nuint bytes, byte* pixels, int width, int rowBytes, int height, int format, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial nint Error(nint handle);
}
