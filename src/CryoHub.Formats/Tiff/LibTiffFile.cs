using System.Runtime.InteropServices;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>One page opened in libtiff, which reads from the byte source through callbacks: no path, no copy of the file.</summary>
internal sealed unsafe class LibTiffFile : IDisposable
{
    // Above any strip of a real detector; a page that claims more is refused before libtiff sees it.
    private const int LargestAllocation = 1 << 30;

    private readonly IByteSource file;
    private readonly CancellationToken ct;
    private readonly nint tiff;
    private GCHandle self;
    private long position;
    private string message = "";
    private Exception? failure;

    public LibTiffFile(IByteSource file, long directory, CancellationToken ct)
    {
        this.file = file;
        this.ct = ct;
        self = GCHandle.Alloc(this);
        var user = GCHandle.ToIntPtr(self);
        var options = LibTiff.NewOptions();
        LibTiff.SetLargestAllocation(options, LargestAllocation);
        LibTiff.SetErrorHandler(options, &OnError, user);
        LibTiff.SetWarningHandler(options, &OnWarning, user);
        tiff = LibTiff.Open("source", "rh", user, &Read, &Write, &Seek, &Close, &Size, 0, 0, options);      // h: header only, no page yet
        LibTiff.FreeOptions(options);
        if (tiff == 0 || LibTiff.SetDirectory(tiff, (ulong)directory) == 0)
        {
            var refusal = Refusal("the page cannot be opened");
            Dispose();
            throw refusal;
        }
    }

    /// <summary>Decodes one strip or tile into the whole of <paramref name="destination"/>, in the machine's byte order.</summary>
    public void Decode(bool tile, int index, Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            var got = tile ? LibTiff.ReadTile(tiff, (uint)index, start, destination.Length) : LibTiff.ReadStrip(tiff, (uint)index, start, destination.Length);
            if (got != destination.Length)
            {
                throw Refusal($"{(tile ? "tile" : "strip")} {index} decodes to {Math.Max(0, got)} bytes of {destination.Length}");
            }
        }
    }

    /// <summary>Decodes the whole page as red, green, blue and alpha bytes.</summary>
    public void DecodeRgba(int width, int height, Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            if (LibTiff.ReadRgba(tiff, (uint)width, (uint)height, (uint*)start, 1, 1) == 0)
            {
                throw Refusal("the colours cannot be decoded");
            }
        }
    }

    public void Dispose()
    {
        if (tiff != 0)
        {
            LibTiff.Close(tiff);
        }

        self.Free();
    }

    private Exception Refusal(string what) =>
        failure is null or ProblemException ? ProblemException.Unreadable($"libtiff: {what}. {(failure?.Message ?? message)}".TrimEnd(), failure) : failure;

    private static LibTiffFile Of(nint user) => (LibTiffFile)GCHandle.FromIntPtr(user).Target!;

    [UnmanagedCallersOnly]
    private static nint Read(nint user, byte* destination, nint bytes)
    {
        var self = Of(user);
        try
        {
            var count = (int)Math.Clamp(self.file.Length - self.position, 0, bytes);
            var buffer = new byte[count];
            self.file.ReadAsync(self.position, buffer, self.ct).AsTask().GetAwaiter().GetResult();
            buffer.CopyTo(new Span<byte>(destination, count));
            self.position += count;
            return count;
        }
        catch (Exception e)     // no exception may cross libtiff's frames; the caller throws it
        {
            self.failure = e;
            return -1;
        }
    }

    [UnmanagedCallersOnly]
    private static nint Write(nint user, byte* source, nint bytes) => -1;

    [UnmanagedCallersOnly]
    private static ulong Seek(nint user, ulong offset, int whence)
    {
        var self = Of(user);
        self.position = whence switch { 0 => (long)offset, 1 => self.position + (long)offset, _ => self.file.Length + (long)offset };
        return (ulong)self.position;
    }

    [UnmanagedCallersOnly]
    private static int Close(nint user) => 0;

    [UnmanagedCallersOnly]
    private static ulong Size(nint user) => (ulong)Of(user).file.Length;

    [UnmanagedCallersOnly]
    private static int OnError(nint tiff, nint user, byte* module, byte* format, nint arguments)
    {
        var text = stackalloc byte[512];
        var length = LibTiff.Format(text, 512, format, arguments);
        Of(user).message = Encoding.UTF8.GetString(text, Math.Clamp(length, 0, 511));
        return 1;
    }

    [UnmanagedCallersOnly]
    private static int OnWarning(nint tiff, nint user, byte* module, byte* format, nint arguments) => 1;
}
