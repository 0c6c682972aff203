namespace CryoHub.Imaging;

/// <summary>The number type of one pixel as the instrument wrote it; always little endian once it has left a reader.</summary>
public enum PixelType
{
    Int8, UInt8, Int16, UInt16, Int32, UInt32, Int64, UInt64,
    Float16, Float32, Float64, Complex64, Complex128,
    Rgb8, Rgba8, Rgba16, Bool,
}
