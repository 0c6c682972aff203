using System.Runtime.InteropServices;

namespace CryoHub.Formats.Hdf5;

/// <summary>The functions of libhdf5 1.10 (library version 103, which pins every structure used here) that CryoHub calls.</summary>
internal static unsafe partial class LibHdf5
{
    private const string Library = "libhdf5_serial.so.103";

    /// <summary>Of H5Oget_info2: file, address, type and references only, which asks for no other message of the header.</summary>
    public const uint BasicInfo = 1;

    /// <summary>Room for an H5O_info_t.</summary>
    public const int ObjectInfoWords = 64;

    private static readonly Lazy<nint> Loaded = new(() => NativeLibrary.Load(Library, typeof(LibHdf5).Assembly, null));

    [LibraryImport(Library, EntryPoint = "H5open")] public static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "H5Eset_auto2")] public static partial int SetErrorPrinter(long stack, nint function, nint user);

    [LibraryImport(Library, EntryPoint = "H5PLset_loading_state")] public static partial int SetPlugins(uint mask);

    [LibraryImport(Library, EntryPoint = "H5FDregister")] public static partial long RegisterDriver(Hdf5DriverClass* driver);

    [LibraryImport(Library, EntryPoint = "H5Pcreate")] public static partial long NewList(long kind);

    [LibraryImport(Library, EntryPoint = "H5Pset_driver")] public static partial int SetDriver(long list, long driver, nint info);

    [LibraryImport(Library, EntryPoint = "H5Pclose")] public static partial int CloseList(long list);

    [LibraryImport(Library, EntryPoint = "H5Fopen", StringMarshalling = StringMarshalling.Utf8)] public static partial long OpenFile(string name, uint flags, long list);

    [LibraryImport(Library, EntryPoint = "H5Fclose")] public static partial int CloseFile(long file);

    [LibraryImport(Library, EntryPoint = "H5Gget_num_objs")] public static partial int CountMembers(long group, out ulong count);

    [LibraryImport(Library, EntryPoint = "H5Literate")]
    public static partial int Links(long group, int index, int order, ulong* position, delegate* unmanaged<long, byte*, LinkInfo*, nint, int> visit, nint user);

    [LibraryImport(Library, EntryPoint = "H5Lget_val", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LinkValue(long location, string name, byte* buffer, nuint size, long list);

    [LibraryImport(Library, EntryPoint = "H5Lget_info", StringMarshalling = StringMarshalling.Utf8)] public static partial int LinkInfo(long location, string name, LinkInfo* info, long list);

    [LibraryImport(Library, EntryPoint = "H5Oopen", StringMarshalling = StringMarshalling.Utf8)] public static partial long Open(long location, string name, long list);

    [LibraryImport(Library, EntryPoint = "H5Oclose")] public static partial int Close(long item);

    [LibraryImport(Library, EntryPoint = "H5Iget_type")] public static partial int KindOf(long item);

    [LibraryImport(Library, EntryPoint = "H5Dget_space")] public static partial long DatasetSpace(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Dget_type")] public static partial long DatasetType(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Dget_create_plist")] public static partial long DatasetList(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Dget_storage_size")] public static partial ulong StorageSize(long dataset);

    /// <summary>All ones where no bytes are set aside; also for values in the header itself.</summary>
    [LibraryImport(Library, EntryPoint = "H5Dget_offset")] public static partial ulong Offset(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Dread")] public static partial int Read(long dataset, long type, long memorySpace, long fileSpace, long list, byte* destination);

    [LibraryImport(Library, EntryPoint = "H5Tregister", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RegisterConversion(
        int persistence, string name, long source, long destination, delegate* unmanaged<long, long, int*, nuint, nuint, nuint, byte*, byte*, long, int> convert);

    [LibraryImport(Library, EntryPoint = "H5Pget_chunk")] public static partial int Chunk(long list, int rank, ulong* sizes);

    [LibraryImport(Library, EntryPoint = "H5Pget_layout")] public static partial int Layout(long list);

    [LibraryImport(Library, EntryPoint = "H5Pget_external_count")] public static partial int CountExternal(long list);

    [LibraryImport(Library, EntryPoint = "H5Pget_nfilters")] public static partial int CountFilters(long list);

    [LibraryImport(Library, EntryPoint = "H5Pget_filter2")]
    public static partial int Filter(long list, uint number, uint* flags, nuint* count, uint* values, nuint nameSize, byte* name, uint* configuration);

    [LibraryImport(Library, EntryPoint = "H5Screate_simple")] public static partial long NewSpace(int rank, ulong* sizes, ulong* limits);

    [LibraryImport(Library, EntryPoint = "H5Sclose")] public static partial int CloseSpace(long space);

    [LibraryImport(Library, EntryPoint = "H5Sget_simple_extent_ndims")] public static partial int Rank(long space);

    [LibraryImport(Library, EntryPoint = "H5Sget_simple_extent_dims")] public static partial int Sizes(long space, ulong* sizes, ulong* limits);

    [LibraryImport(Library, EntryPoint = "H5Sselect_hyperslab")]
    public static partial int Select(long space, int operation, ulong* start, ulong* stride, ulong* count, ulong* block);

    [LibraryImport(Library, EntryPoint = "H5Tcopy")] public static partial long CopyType(long type);

    [LibraryImport(Library, EntryPoint = "H5Tclose")] public static partial int CloseType(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_class")] public static partial int TypeClass(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_size")] public static partial nuint TypeSize(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_sign")] public static partial int TypeSign(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_order")] public static partial int TypeOrder(long type);

    [LibraryImport(Library, EntryPoint = "H5Tset_order")] public static partial int SetTypeOrder(long type, int order);

    [LibraryImport(Library, EntryPoint = "H5Tis_variable_str")] public static partial int IsVariableText(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_nmembers")] public static partial int CountFields(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_member_name")] public static partial byte* FieldName(long type, uint field);

    [LibraryImport(Library, EntryPoint = "H5Tget_member_offset")] public static partial nuint FieldOffset(long type, uint field);

    [LibraryImport(Library, EntryPoint = "H5Tget_super")] public static partial long BaseType(long type);

    [LibraryImport(Library, EntryPoint = "H5Tcreate")] public static partial long NewType(int kind, nuint size);

    [LibraryImport(Library, EntryPoint = "H5Tinsert")] public static partial int AddField(long type, byte* name, nuint offset, long field);

    [LibraryImport(Library, EntryPoint = "H5free_memory")] public static partial int FreeMemory(void* memory);

    [LibraryImport(Library, EntryPoint = "H5allocate_memory")] public static partial void* AllocateMemory(nuint size, byte clear);

    [LibraryImport(Library, EntryPoint = "H5Zregister")] public static partial int RegisterFilter(Hdf5FilterClass* filter);

    [LibraryImport(Library, EntryPoint = "H5Tget_member_type")] public static partial long FieldType(long type, uint field);

    [LibraryImport(Library, EntryPoint = "H5Oget_info2")] public static partial int AboutObject(long item, ulong* information, uint fields);

    [LibraryImport(Library, EntryPoint = "H5Aexists", StringMarshalling = StringMarshalling.Utf8)] public static partial int AttributeExists(long item, string name);

    [LibraryImport(Library, EntryPoint = "H5Aiterate2")]
    public static partial int Attributes(long item, int index, int order, ulong* position, delegate* unmanaged<long, byte*, nint, nint, int> visit, nint user);

    [LibraryImport(Library, EntryPoint = "H5Aopen", StringMarshalling = StringMarshalling.Utf8)] public static partial long OpenAttribute(long item, string name, long list);

    [LibraryImport(Library, EntryPoint = "H5Aget_type")] public static partial long AttributeType(long attribute);

    [LibraryImport(Library, EntryPoint = "H5Aget_space")] public static partial long AttributeSpace(long attribute);

    [LibraryImport(Library, EntryPoint = "H5Aread")] public static partial int ReadAttribute(long attribute, long type, byte* destination);

    [LibraryImport(Library, EntryPoint = "H5Aclose")] public static partial int CloseAttribute(long attribute);

    [LibraryImport(Library, EntryPoint = "H5Fcreate", StringMarshalling = StringMarshalling.Utf8)] public static partial long CreateFile(string name, uint flags, long creation, long access);

    [LibraryImport(Library, EntryPoint = "H5Gcreate2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long CreateGroup(long location, string name, long linkList, long creation, long access);

    [LibraryImport(Library, EntryPoint = "H5Dcreate2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long CreateDataset(long location, string name, long type, long space, long linkList, long creation, long access);

    [LibraryImport(Library, EntryPoint = "H5Dwrite")] public static partial int Write(long dataset, long type, long memorySpace, long fileSpace, long list, byte* source);

    [LibraryImport(Library, EntryPoint = "H5Acreate2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long CreateAttribute(long item, string name, long type, long space, long creation, long access);

    [LibraryImport(Library, EntryPoint = "H5Awrite")] public static partial int WriteAttribute(long attribute, long type, byte* source);

    [LibraryImport(Library, EntryPoint = "H5Screate")] public static partial long NewSpace(int kind);

    [LibraryImport(Library, EntryPoint = "H5Tset_size")] public static partial int SetTypeSize(long type, nuint size);

    [LibraryImport(Library, EntryPoint = "H5Tset_cset")] public static partial int SetCharacters(long type, int set);

    [LibraryImport(Library, EntryPoint = "H5Tset_fields")] public static partial int SetFloatFields(long type, nuint sign, nuint exponent, nuint exponentBits, nuint mantissa, nuint mantissaBits);

    [LibraryImport(Library, EntryPoint = "H5Tset_ebias")] public static partial int SetExponentBias(long type, nuint bias);

    [LibraryImport(Library, EntryPoint = "H5Tenum_create")] public static partial long NewEnumeration(long number);

    [LibraryImport(Library, EntryPoint = "H5Tenum_insert", StringMarshalling = StringMarshalling.Utf8)] public static partial int AddName(long type, string name, sbyte* value);

    [LibraryImport(Library, EntryPoint = "H5Tinsert", StringMarshalling = StringMarshalling.Utf8)] public static partial int AddField(long type, string name, nuint offset, long field);

    [LibraryImport(Library, EntryPoint = "H5Pset_chunk")] public static partial int SetChunk(long list, int rank, ulong* sizes);

    /// <summary>Since 1.10.7.</summary>
    [LibraryImport(Library, EntryPoint = "H5Pset_file_locking")] public static partial int SetFileLocking(long list, int use, int ignoreWhenDisabled);

    [LibraryImport(Library, EntryPoint = "H5Pset_shuffle")] public static partial int SetShuffle(long list);

    [LibraryImport(Library, EntryPoint = "H5Pset_deflate")] public static partial int SetDeflate(long list, uint level);

    /// <summary>The value of one of the library's global identifiers, for instance <c>H5P_CLS_FILE_ACCESS_ID_g</c>.</summary>
    public static long Global(string name) => *(long*)NativeLibrary.GetExport(Loaded.Value, name);
}
