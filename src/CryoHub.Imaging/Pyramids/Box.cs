namespace CryoHub.Imaging.Pyramids;

/// <summary>Sizes of a block of pixels.</summary>
internal readonly record struct Box(int Depth, int Rows, int Columns)
{
    public long Pixels => (long)Depth * Rows * Columns;
}
