using CryoHub.Numerics.Outlines;

namespace CryoHub.Analyses.Annotated;

/// <summary>One whisker or ball: numbers with one standard deviation, in the unit of the scale; its place in pixels.</summary>
internal sealed record Whisker(
    double X, double Y, (double Value, double Error) Length, (double Value, double Error) Width, double WidthSpread, (double Value, double Error) AspectRatio,
    (double Value, double Error) Tortuosity, (double Value, double Error) Sphericity, (double Value, double Error) Contact, bool Truncated)
{
    private const double Round = 0.9; // a body rounder than about 2 : 1 has no tips

    public static Whisker Of(Outline body, IReadOnlyList<Outline> substrate, (int Width, int Height)? picture, PixelScale scale, WhiskerMorphologyParameters parameters)
    {
        var outline = body.Scaled(scale.X, scale.Y);
        var (placing, calibration) = (parameters.Placing * scale.Mean, parameters.PixelUncertainty / 100);
        // Chords of a few pixels: the steps of a label's edge would lengthen the outline by a percent.
        var (area, perimeter) = (Math.Abs(SignedArea(outline)), outline.Resampled(Math.Min(4 * scale.Mean, outline.Length / 24)).Length);
        var sphericity = 2 * Math.Sqrt(Math.PI * area) / perimeter;
        var (length, width, chord, spread) = sphericity >= Round ? Calipers(outline) : OfRibbon(new Ribbon(outline));
        var lengthError = Math.Sqrt(2) * placing;
        var widthError = Math.Sqrt(2) * placing / Math.Sqrt(Math.Max(1, 0.8 * length / Math.Max(width, scale.Mean)));
        var places = Math.Max(1, perimeter / Math.Max(width, scale.Mean));
        var sphericityError = sphericity * placing / Math.Sqrt(places) * double.Hypot(perimeter / (2 * area), 2 * Math.PI / perimeter); // of area and perimeter when the outline moves outwards
        var contact = Touching(outline, [.. substrate.Select(line => line.Scaled(scale.X, scale.Y))], parameters.ContactWithin * scale.Mean, scale.Mean);
        double[] xs = [.. body.Places.Where((_, i) => i % 2 == 0)], ys = [.. body.Places.Where((_, i) => i % 2 == 1)];
        var truncated = picture is { } size && (xs.Min() < 1 || ys.Min() < 1 || xs.Max() > size.Width - 1 || ys.Max() > size.Height - 1);
        return new Whisker(
            xs.Average(),
            ys.Average(),
            (length, double.Hypot(lengthError, calibration * length)),
            (width, double.Hypot(widthError, calibration * width)),
            spread,
            (length / width, length / width * double.Hypot(lengthError / length, widthError / width)),
            (length / chord, length / chord * lengthError / length * Math.Min(1, (length / chord) - 1)), // both grow alike when a tip moves along
            (sphericity, sphericityError),
            (contact, contact > 0 ? double.Hypot(Math.Sqrt(2) * parameters.ContactWithin * scale.Mean, calibration * contact) : 0),
            truncated);
    }

    /// <summary>Area by Green's theorem; positive where the way round is clockwise on screen.</summary>
    public static double SignedArea(Outline line)
    {
        var sum = 0.0;
        for (var i = 0; i < line.Count; i++)
        {
            var j = (i + 1) % line.Count;
            sum += (line.Places[2 * i] * line.Places[(2 * j) + 1]) - (line.Places[2 * j] * line.Places[(2 * i) + 1]);
        }

        return sum / 2;
    }

    private static (double Length, double Width, double Chord, double Spread) OfRibbon(Ribbon ribbon) => (ribbon.Length, ribbon.Width, ribbon.Chord, ribbon.WidthSpread);

    /// <summary>Longest and shortest distance of two parallel lines that touch the body.</summary>
    private static (double Length, double Width, double Chord, double Spread) Calipers(Outline outline)
    {
        const int directions = 180;
        var (longest, shortest) = (0.0, double.PositiveInfinity);
        for (var d = 0; d < directions; d++)
        {
            var (sin, cos) = Math.SinCos(Math.PI * d / directions);
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = 0; i < outline.Count; i++)
            {
                var at = (outline.Places[2 * i] * cos) + (outline.Places[(2 * i) + 1] * sin);
                (low, high) = (Math.Min(low, at), Math.Max(high, at));
            }

            (longest, shortest) = (Math.Max(longest, high - low), Math.Min(shortest, high - low));
        }

        return (longest, shortest, longest, double.NaN);
    }

    /// <summary>Length of the outline that lies near the substrate, less the distance that counts as near at each end of each stretch.</summary>
    private static double Touching(Outline outline, IReadOnlyList<Outline> substrate, double within, double step)
    {
        if (substrate.Count == 0)
        {
            return 0;
        }

        var places = outline.Resampled(step / 2);
        var near = new bool[places.Count];
        for (var i = 0; i < near.Length; i++)
        {
            near[i] = substrate.Any(line => line.Distance(places.Places[2 * i], places.Places[(2 * i) + 1]) <= within);
        }

        var ends = Enumerable.Range(0, near.Length).Count(i => near[i] != near[(i + 1) % near.Length]);
        return Math.Max(0, (near.Count(value => value) * outline.Length / near.Length) - (ends * within));
    }
}
