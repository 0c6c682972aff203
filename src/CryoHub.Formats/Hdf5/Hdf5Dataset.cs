using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>A dataset that may be read: shape and type; <see cref="Pixel"/> is <c>null</c> for text and other records.</summary>
internal sealed record Hdf5Dataset(string Path, IReadOnlyList<long> Shape, PixelType? Pixel)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));
}
