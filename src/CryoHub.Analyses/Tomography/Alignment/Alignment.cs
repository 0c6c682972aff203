using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>What a method found.</summary>
/// <param name="Poses">One a view, shifts in full pixels.</param>
/// <param name="Quality">Of each view: correlation with its neighbour, where the method knows it.</param>
/// <param name="Tracks">Where the markers were seen.</param>
/// <param name="Model">The fitted model.</param>
internal sealed record Alignment(ViewPose[] Poses, double[]? Quality = null, MarkerTracks? Tracks = null, TiltModel? Model = null)
{
    /// <summary>Degrees by which the markers' mean plane rises across the axis; NaN without markers.</summary>
    public double Pretilt
    {
        get
        {
            if (Model is null || Model.Places.Length < 9)
            {
                return double.NaN;
            }

            var (xx, xz, n, mx, mz) = (0.0, 0.0, Model.Places.Length / 3, 0.0, 0.0);
            for (var i = 0; i < Model.Places.Length; i += 3)
            {
                (mx, mz) = (mx + (Model.Places[i] / n), mz + (Model.Places[i + 2] / n));
            }

            for (var i = 0; i < Model.Places.Length; i += 3)
            {
                var (x, z) = (Model.Places[i] - mx, Model.Places[i + 2] - mz);
                (xx, xz) = (xx + (x * x), xz + (x * z));
            }

            return xx > 0 ? Math.Atan2(xz, xx) * 180 / Math.PI : double.NaN;
        }
    }
}
