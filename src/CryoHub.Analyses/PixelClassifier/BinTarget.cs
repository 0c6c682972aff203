using CryoHub.Numerics.Learning;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Turns features into the bytes that trees read, pixel after pixel of the inner part of a block.</summary>
internal sealed class BinTarget : IFeatureTarget
{
    private readonly FeatureBins bins;
    private readonly ParallelOptions options;
    private readonly Block inner, outer;
    private readonly float[][] planes;
    private readonly int features;

    public BinTarget(FeatureBins bins, Block inner, Block outer, ParallelOptions options)
    {
        (this.bins, this.inner, this.outer, this.options) = (bins, inner, outer, options);
        features = bins.Edges.Count;
        planes = [new float[outer.Shape.Count], new float[outer.Shape.Count], new float[outer.Shape.Count]];
        Bytes = new byte[(long)inner.Shape.Count * features];
    }

    /// <summary>Bins of all features, pixel after pixel.</summary>
    public byte[] Bytes { get; }

    public float[] Plane(int feature) => planes[feature % planes.Length];

    public void Done(int feature)
    {
        var (plane, from, to) = (Plane(feature), outer.Shape, inner.Shape);
        Parallel.For(0, to.Rows, options, row =>
        {
            var (z, y) = (row / to.Height, row % to.Height);
            var at = from.Index(z + inner.Z0 - outer.Z0, y + inner.Y0 - outer.Y0, inner.X0 - outer.X0);
            bins.Write(feature, plane.AsSpan(at, to.Width), Bytes.AsSpan((row * to.Width * features) + feature), features);
        });
    }
}
