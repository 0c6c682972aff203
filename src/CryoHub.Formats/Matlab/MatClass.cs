namespace CryoHub.Formats.Matlab;

/// <summary>Kinds of arrays, by their number in the file.</summary>
internal enum MatClass
{
    Cell = 1, Structure = 2, Object = 3, Character = 4, Sparse = 5,
    Float64 = 6, Float32 = 7, Int8 = 8, UInt8 = 9, Int16 = 10, UInt16 = 11, Int32 = 12, UInt32 = 13, Int64 = 14, UInt64 = 15,
    Function = 16, Opaque = 17,
}
