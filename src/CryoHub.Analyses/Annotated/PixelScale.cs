using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Annotated;

/// <summary>Size of a pixel and its unit; "px" and 1 where nobody knows it.</summary>
internal readonly record struct PixelScale(double X, double Y, string Unit)
{
    /// <summary>The mean edge of a pixel.</summary>
    public double Mean => Math.Sqrt(X * Y);

    /// <summary>As the parameter says, else as the picture, else pixels with a warning.</summary>
    public static PixelScale Of(SignalHeader? picture, double? pixelNm, IResultSink results)
    {
        if (picture is not null)
        {
            var scale = new VolumeScale(picture, pixelNm, null);
            if (scale.Unit == "px")
            {
                results.Warn($"The pixel size of \"{picture.Name}\" is not known: lengths are in pixels (px). The parameter \"pixel\" gives it.");
            }

            return new PixelScale(scale.Size.X, scale.Size.Y, scale.Unit);
        }

        if (pixelNm is not { } edge)
        {
            results.Warn("Shapes alone do not say how large a pixel is: lengths are in pixels (px). The parameter \"pixel\", or a picture as input \"signal\", gives it.");
            return new PixelScale(1, 1, "px");
        }

        return new PixelScale(edge, edge, "nm");
    }
}
