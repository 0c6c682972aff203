namespace CryoHub.Numerics.Volumes;

/// <summary>On which faces a run of voxels lies.</summary>
public static class VolumeFace
{
    /// <summary>Faces of the run from column <paramref name="first"/> to <paramref name="last"/>; an axis of one voxel has none.</summary>
    public static VolumeFaces Of(VolumeShape shape, int z, int y, int first, int last) =>
        Along(z, z, shape.Depth, VolumeFaces.ZLow, VolumeFaces.ZHigh) | Along(y, y, shape.Height, VolumeFaces.YLow, VolumeFaces.YHigh) | Along(first, last, shape.Width, VolumeFaces.XLow, VolumeFaces.XHigh);

    private static VolumeFaces Along(int first, int last, int length, VolumeFaces low, VolumeFaces high) =>
        length == 1 ? VolumeFaces.None : (first == 0 ? low : VolumeFaces.None) | (last == length - 1 ? high : VolumeFaces.None);
}
