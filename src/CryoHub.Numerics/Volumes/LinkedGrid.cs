namespace CryoHub.Numerics.Volumes;

/// <summary>A padded grid of voxels, each linked to the next along x, y and z.</summary>
/// <param name="Padded">Sizes with the padding.</param>
/// <param name="AlongX">Link to the next voxel along x; 0 where there is none.</param>
/// <param name="AlongY">Link to the next voxel along y.</param>
/// <param name="AlongZ">Link to the next voxel along z.</param>
/// <param name="Diagonal">Sum of all links and of what leads to faces; 0 where there is no voxel.</param>
public sealed record LinkedGrid(VolumeShape Padded, float[] AlongX, float[] AlongY, float[] AlongZ, float[] Diagonal)
{
    /// <summary>An empty grid for a volume of that shape.</summary>
    public static LinkedGrid Of(VolumeShape shape)
    {
        var padded = DiffusionStencil.Padded(shape);
        return new(padded, new float[padded.Count], new float[padded.Count], new float[padded.Count], new float[padded.Count]);
    }
}
