namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>The encoded types of a tag's data.</summary>
internal enum DmTagType
{
    Int16 = 2,
    Int32 = 3,
    UInt16 = 4,    // arrays of these are text
    UInt32 = 5,
    Float32 = 6,
    Float64 = 7,
    Bool = 8,
    Char = 9,
    Octet = 10,
    Int64 = 11,
    UInt64 = 12,
    Struct = 15,
    String = 18,
    Array = 20,
}
