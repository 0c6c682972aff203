using Bunit;
using CryoHub.Analyses.Fourier;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Tomography;
using CryoHub.Web.Features.Analyses;

namespace CryoHub.Web.Tests.Pages;

public sealed class ParameterFormTests : BunitContext
{
    [Fact]
    public void Every_parameter_has_a_labelled_field_with_its_unit_and_range()
    {
        var form = Draw(new ParameterDraft(typeof(TomogramWbpParameters), null));

        var binning = form.Find("#parameter-binning");
        Assert.Equal("1", binning.GetAttribute("value"));
        Assert.Equal("px", binning.ParentElement!.QuerySelector(".unit")!.TextContent);
        Assert.Contains("1 to 32", form.Find("label[for=parameter-binning]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Ramp", "SIRT-like", "Hann", "Cosine"], form.FindAll("#parameter-filter option").Select(option => option.TextContent));
    }

    [Fact]
    public void Rare_parameters_are_folded_and_counted()
    {
        var form = Draw(new ParameterDraft(typeof(TomogramWbpParameters), null));

        Assert.Contains("Advanced (6)", form.Find("details.advanced summary").TextContent, StringComparison.Ordinal);
        Assert.False(form.Find("details.advanced").HasAttribute("open"));
        Assert.Empty(form.FindAll(".differs"));
    }

    [Fact]
    public void A_rare_parameter_that_differs_puts_a_dot_on_the_fold()
    {
        var form = Draw(new ParameterDraft(typeof(TomogramWbpParameters), null));

        form.Find("#parameter-tiltOffset").Change("1.5");

        Assert.Single(form.FindAll(".differs"));
    }

    [Fact]
    public void A_changed_value_says_what_it_was_and_can_be_put_back()
    {
        var draft = new ParameterDraft(typeof(TomogramWbpParameters), null);
        var form = Draw(draft);

        form.Find("#parameter-binning").Change("2");
        Assert.Contains("default 1", form.Find(".was").TextContent, StringComparison.Ordinal);
        form.Find(".was button").Click();

        Assert.Empty(form.FindAll(".was"));
        Assert.Equal(1, draft.Values["binning"]!.GetValue<int>());
    }

    [Fact]
    public void Words_in_a_number_field_are_refused_beside_the_field()
    {
        var form = Draw(new ParameterDraft(typeof(TomogramWbpParameters), null));

        form.Find("#parameter-iterations").Change("a few");

        Assert.Equal("""Expected a whole number from 1 to 1000, found "a few".""", form.Find(".wrong").TextContent);
        Assert.Equal("true", form.Find("#parameter-iterations").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void A_list_of_angles_is_typed_in_one_field()
    {
        var draft = new ParameterDraft(typeof(TomogramWbpParameters), null);

        Draw(draft).Find("#parameter-angles").Change("−60, 0 60.5");

        Assert.Equal([-60, 0, 60.5], draft.Values["angles"]!.AsArray().Select(angle => double.Parse(angle!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void An_energy_typed_in_keV_arrives_in_eV_and_says_so()
    {
        var draft = new ParameterDraft(typeof(SpectrumMapParameters), null);
        var form = Draw(draft);

        form.Find("#parameter-windows-0-from").Change("0.525 keV");

        Assert.Equal(525, draft.Values["windows"]![0]!["from"]!.GetValue<long>());
        Assert.Contains("0.525 keV read as 525 eV", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_are_added_and_removed()
    {
        var draft = new ParameterDraft(typeof(SpectrumMapParameters), null);
        var form = Draw(draft);

        form.FindAll("button").Single(button => button.TextContent.Trim() == "Add").Click();
        Assert.Equal(2, form.FindAll("fieldset").Count);
        form.FindAll("fieldset button").First(button => button.TextContent.StartsWith("Remove", StringComparison.Ordinal)).Click();

        Assert.Single(draft.Values["windows"]!.AsArray());
    }

    [Fact]
    public void An_optional_box_is_asked_for_only_where_it_is_wanted()
    {
        var draft = new ParameterDraft(typeof(FftPeaksParameters), null);
        var form = Draw(draft);
        Assert.Empty(form.FindAll("#parameter-box-x"));

        form.Find("input[type=checkbox]").Change(true);
        form.Find("#parameter-box-x").Change("16");

        Assert.Equal(16, draft.Values["box"]!["x"]!.GetValue<long>());
    }

    private IRenderedComponent<ParameterFields> Draw(ParameterDraft draft) =>
        Render<ParameterFields>(parameters => parameters.Add(form => form.Draft, draft).Add(form => form.Owner, draft.Values).Add(form => form.Schema, draft.Schema));
}
