namespace CryoHub.Analyses.Edx.Fit;

/// <summary>Says how much a pixel's counts can carry.</summary>
internal static class FewCounts
{
    private const double CountsAnUnknown = 10;

    public static void Warn(EdxInput input, FamilyMaps maps, int unknowns)
    {
        var empty = maps.Totals.Count(total => !(total > 0));
        if (empty > 0)
        {
            input.Results.Warn(FormattableString.Invariant($"{empty} of {maps.Totals.Length} pixels hold no counts and have no value."));
        }

        var mean = maps.Totals.Average();
        if (mean < CountsAnUnknown * unknowns)
        {
            input.Results.Warn(FormattableString.Invariant(
                $"A pixel holds {mean:0.#} counts for {unknowns} families on average: its values are unbiased but scatter widely. Add up boxes of pixels, or take the numbers of the region."));
        }
    }
}
