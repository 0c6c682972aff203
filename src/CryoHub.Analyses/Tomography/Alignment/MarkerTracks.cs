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
        var lasting = new MarkerTracks(views, kept.Length);
        for (var view = 0; view < views; view++)
        {
            for (var marker = 0; marker < kept.Length; marker++)
            {
                lasting[view, marker] = this[view, kept[marker]];
            }
        }

        return lasting;
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
}
