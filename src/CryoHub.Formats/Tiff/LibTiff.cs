using System.Runtime.InteropServices;

namespace CryoHub.Formats.Tiff;

/// <summary>The few functions of libtiff 4.5 or newer that decode pixels; everything else is read by CryoHub itself.</summary>
internal static unsafe partial class LibTiff
{
    private const string Library = "libtiff.so.6";

    [LibraryImport(Library, EntryPoint = "TIFFOpenOptionsAlloc")]
    public static partial nint NewOptions();

    [LibraryImport(Library, EntryPoint = "TIFFOpenOptionsFree")]
    public static partial void FreeOptions(nint options);

    [LibraryImport(Library, EntryPoint = "TIFFOpenOptionsSetMaxSingleMemAlloc")]
    public static partial void SetLargestAllocation(nint options, nint bytes);

    [LibraryImport(Library, EntryPoint = "TIFFOpenOptionsSetErrorHandlerExtR")]
    public static partial void SetErrorHandler(nint options, delegate* unmanaged<nint, nint, byte*, byte*, nint, int> handler, nint user);

    [LibraryImport(Library, EntryPoint = "TIFFOpenOptionsSetWarningHandlerExtR")]
    public static partial void SetWarningHandler(nint options, delegate* unmanaged<nint, nint, byte*, byte*, nint, int> handler, nint user);

    [LibraryImport(Library, EntryPoint = "TIFFClientOpenExt", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Open(
        string name, string mode, nint user,
        delegate* unmanaged<nint, byte*, nint, nint> read, delegate* unmanaged<nint, byte*, nint, nint> write, delegate* unmanaged<nint, ulong, int, ulong> seek,
        delegate* unmanaged<nint, int> close, delegate* unmanaged<nint, ulong> size, nint map, nint unmap, nint options);

    [LibraryImport(Library, EntryPoint = "TIFFClose")]
    public static partial void Close(nint tiff);

    [LibraryImport(Library, EntryPoint = "TIFFSetSubDirectory")]
    public static partial int SetDirectory(nint tiff, ulong offset);

    [LibraryImport(Library, EntryPoint = "TIFFReadEncodedStrip")]
    public static partial nint ReadStrip(nint tiff, uint strip, byte* destination, nint bytes);

    [LibraryImport(Library, EntryPoint = "TIFFReadEncodedTile")]
    public static partial nint ReadTile(nint tiff, uint tile, byte* destination, nint bytes);

    /// <summary>Any photometric interpretation as one 32-bit ABGR word a pixel; orientation 1 = first row on top.</summary>
    [LibraryImport(Library, EntryPoint = "TIFFReadRGBAImageOriented")]
    public static partial int ReadRgba(nint tiff, uint width, uint height, uint* raster, int orientation, int stopOnError);

    /// <summary>Writes out the message of a handler: its last argument is C's variable argument list.</summary>
    [LibraryImport("libc", EntryPoint = "vsnprintf")]
    public static partial int Format(byte* destination, nint bytes, byte* format, nint arguments);
}
