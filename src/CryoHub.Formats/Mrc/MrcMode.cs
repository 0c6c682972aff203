using CryoHub.Imaging;

namespace CryoHub.Formats.Mrc;

/// <summary>The pixel types of word 4 of the header.</summary>
public enum MrcMode
{
    Int8 = 0,
    Int16 = 1,
    Float32 = 2,
    ComplexInt16 = 3,
    Complex64 = 4,
    UInt16 = 6,
    Float16 = 12,
    Rgb = 16,
    Packed4Bit = 101,
}
