using System.Text.Json.Nodes;
using CryoHub.Analyses.Fourier;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Tomography;
using CryoHub.Web.Features.Analyses;

namespace CryoHub.Web.Tests.Pages;

public sealed class ParameterDraftTests
{
    [Fact]
    public void A_new_form_holds_the_defaults_and_nothing_is_wrong()
    {
        var draft = new ParameterDraft(typeof(TomogramWbpParameters), null);

        Assert.Equal(20, draft.Values["iterations"]!.GetValue<int>());
        Assert.Empty(draft.Changes);
        Assert.True(draft.TryFinish());
    }

    [Fact]
    public void A_required_list_begins_with_one_entry_to_fill_and_stays_silent_until_it_is_tried()
    {
        var draft = new ParameterDraft(typeof(SpectrumMapParameters), null);

        Assert.Single(draft.Values["windows"]!.AsArray());
        Assert.Null(draft.ProblemAt("windows[0].from"));
        Assert.False(draft.TryFinish());
        Assert.Contains("found nothing", draft.ProblemAt("windows[0].from"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_outside_its_range_is_refused_as_soon_as_it_is_typed_with_both_numbers()
    {
        var draft = new ParameterDraft(typeof(TomogramWbpParameters), null);

        draft.Set(draft.Values, "binning", "binning", JsonValue.Create(64));

        Assert.Equal("expected a whole number from 1 to 32 px, found 64.", draft.ProblemAt("binning"));
    }

    [Fact]
    public void A_run_with_changes_begins_as_the_run_before_and_counts_only_what_differs_from_it()
    {
        var before = new JsonObject { ["threshold"] = 12, ["peaks"] = 5 };
        var draft = new ParameterDraft(typeof(FftPeaksParameters), before);
        Assert.Equal(12, draft.Values["threshold"]!.GetValue<int>());

        draft.Set(draft.Values, "peaks", "peaks", JsonValue.Create(7L));

        Assert.Equal(["peaks"], draft.Changes.Where(spec => before.ContainsKey(spec.Name)).Select(spec => spec.Name));
    }
}
