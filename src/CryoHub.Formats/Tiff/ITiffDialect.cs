using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>A program's or an instrument's way of writing TIFF files; asked after opening.</summary>
internal interface ITiffDialect
{
    /// <summary><c>null</c> where the file is not of this dialect.</summary>
    Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct);
}
