using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>Where each marker was seen in each view, in full pixels from the image's middle; NaN where it was not.</summary>
internal sealed class MarkerTracks(int views, int markers)
{
    private readonly (double X, double Y)[] places = [.. Enumerable.Repeat((double.NaN, double.NaN), views * markers)];

    public int Views => views;

    public int Markers => markers;

    public (double X, double Y) this[int view, int marker]
    {
        get => places[(view * markers) + marker];
        set => places[(view * markers) + marker] = value;
    }

    public bool Has(int view, int marker) => !double.IsNaN(this[view, marker].X);

    /// <summary>Markers seen in at least <paramref name="least"/> views.</summary>
    public MarkerTracks Lasting(int least)
    {
        int[] kept = [.. Enumerable.Range(0, markers).Where(marker => Enumerable.Range(0, views).Count(view => Has(view, marker)) >= least)];
        return Only(kept);
    }

    /// <summary>Without markers that ran onto one before them: less than <paramref name="distance"/> apart in half of the views both were seen in.</summary>
    public MarkerTracks Distinct(double distance)
    {
        var kept = new List<int>();
        for (var marker = 0; marker < markers; marker++)
        {
            if (kept.TrueForAll(other => !AreOne(other, marker, distance)))
            {
                kept.Add(marker);
            }
        }

        return Only(kept);
    }

    public List<MarkerPosition> Positions()
    {
        var positions = new List<MarkerPosition>();
        for (var view = 0; view < views; view++)
        {
            for (var marker = 0; marker < markers; marker++)
            {
                if (Has(view, marker))
                {
                    positions.Add(new MarkerPosition(view, marker, this[view, marker].X, this[view, marker].Y));
                }
            }
        }

        return positions;
    }

    private bool AreOne(int one, int other, double distance)
    {
        int[] both = [.. Enumerable.Range(0, views).Where(view => Has(view, one) && Has(view, other))];
        return both.Length > 0 && 2 * both.Count(view => double.Hypot(this[view, one].X - this[view, other].X, this[view, one].Y - this[view, other].Y) < distance) >= both.Length;
    }

    private MarkerTracks Only(IReadOnlyList<int> kept)
    {
        var only = new MarkerTracks(views, kept.Count);
        for (var view = 0; view < views; view++)
        {
            for (var marker = 0; marker < kept.Count; marker++)
            {
                only[view, marker] = this[view, kept[marker]];
            }
        }

        return only;
    }
}
