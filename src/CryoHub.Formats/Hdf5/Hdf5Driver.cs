using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Hdf5;

/// <summary>A virtual file driver: libhdf5 reads a byte source by position, no path and no copy. Names that were not registered (external links) do not open.</summary>
internal static unsafe class Hdf5Driver
{
    private const int LocalHeap = 5;            // H5FD_MEM_LHEAP

    private static readonly ConcurrentDictionary<string, Hdf5Source> Sources = new();
    private static readonly long Id = Register();
    private static long counter;

    /// <summary>Opens the source read-only; the caller holds the library's gate. Negative where it is no HDF5 file.</summary>
    public static long Open(Hdf5Source source)
    {
        var name = "cryohub:" + Interlocked.Increment(ref counter).ToString(CultureInfo.InvariantCulture);
        var list = LibHdf5.NewList(LibHdf5.Global("H5P_CLS_FILE_ACCESS_ID_g"));
        Sources[name] = source;
        try
        {
            return LibHdf5.SetDriver(list, Id, 0) < 0 ? -1 : LibHdf5.OpenFile(name, 0, list);
        }
        finally
        {
            Sources.TryRemove(name, out _);
            LibHdf5.CloseList(list);
        }
    }

    /// <summary>The library is ready: silent, without plug-ins, with our filters.</summary>
    public static bool IsReady => Id >= 0;

    private static long Register()
    {
        LibHdf5.Initialise();
        LibHdf5.SetErrorPrinter(0, 0, 0);           // errors are said in our words, not on the console
        LibHdf5.SetPlugins(0);                      // no filter may be loaded from the disk
        Hdf5Filters.Register();
        Hdf5References.Register();
        var driver = (Hdf5DriverClass*)NativeMemory.AllocZeroed((nuint)sizeof(Hdf5DriverClass));
        driver->Name = (byte*)Marshal.StringToCoTaskMemUTF8("cryohub");
        driver->LargestAddress = long.MaxValue;
        driver->CloseDegree = 1;                    // H5F_CLOSE_WEAK: the file closes with the last object that is open in it
        driver->Open = &OpenSource;
        driver->Close = &CloseSource;
        driver->Compare = &Compare;
        driver->Query = &Query;
        driver->EndOfAllocation = &EndOfAllocation;
        driver->SetEndOfAllocation = &SetEndOfAllocation;
        driver->EndOfFile = &EndOfFile;
        driver->Read = &Read;
        driver->Write = &Write;
        return LibHdf5.RegisterDriver(driver);
    }

    private static Hdf5Source Of(Hdf5DriverFile* file) => (Hdf5Source)GCHandle.FromIntPtr(file->Source).Target!;

    [UnmanagedCallersOnly]
    private static Hdf5DriverFile* OpenSource(byte* name, uint flags, long list, ulong largestAddress)
    {
        if (flags != 0 || Marshal.PtrToStringUTF8((nint)name) is not { } key || !Sources.TryGetValue(key, out var source))
        {
            return null;        // not read-only, or a file that nobody opened: an external link
        }

        var file = (Hdf5DriverFile*)NativeMemory.AllocZeroed((nuint)sizeof(Hdf5DriverFile));
        file->Source = GCHandle.ToIntPtr(GCHandle.Alloc(source));
        return file;
    }

    [UnmanagedCallersOnly]
    private static int CloseSource(Hdf5DriverFile* file)
    {
        GCHandle.FromIntPtr(file->Source).Free();
        NativeMemory.Free(file);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Compare(Hdf5DriverFile* a, Hdf5DriverFile* b) => a->Source.CompareTo(b->Source);

    [UnmanagedCallersOnly]
    private static int Query(Hdf5DriverFile* file, ulong* flags)
    {
        *flags = 0x08;          // H5FD_FEAT_DATA_SIEVE: small raw reads are gathered
        return 0;
    }

    [UnmanagedCallersOnly]
    private static ulong EndOfAllocation(Hdf5DriverFile* file, int kind) => file->Allocated;

    [UnmanagedCallersOnly]
    private static int SetEndOfAllocation(Hdf5DriverFile* file, int kind, ulong address)
    {
        file->Allocated = address;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static ulong EndOfFile(Hdf5DriverFile* file, int kind) => (ulong)Of(file).Bytes.Length;

    [UnmanagedCallersOnly]
    private static int Read(Hdf5DriverFile* file, int kind, long list, ulong address, nuint size, byte* destination)
    {
        var source = Of(file);
        try
        {
            ByteRange.Check((long)address, (long)Math.Min(size, long.MaxValue), source.Bytes.Length);
            var span = new Span<byte>(destination, checked((int)size));
            source.Read((long)address, span);
            if (kind == LocalHeap)
            {
                Hdf5LocalHeap.Check(source, span);
            }

            return 0;
        }
        catch (Exception e)     // no exception may cross libhdf5's frames; the caller throws it
        {
            source.Failure = e;
            return -1;
        }
    }

    [UnmanagedCallersOnly]
    private static int Write(Hdf5DriverFile* file, int kind, long list, ulong address, nuint size, byte* source) => -1;
}
