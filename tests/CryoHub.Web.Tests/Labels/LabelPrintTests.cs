using Bunit;
using CryoHub.Platform.Labels;
using CryoHub.Web.Features.Labels;

namespace CryoHub.Web.Tests.Labels;

public sealed class LabelPrintTests : BunitContext
{
    [Fact]
    public void A_sheet_asks_how_many_places_are_used_up_and_a_label_printer_does_not()
    {
        LabelRow label = new(Guid.CreateVersion7(), Guid.Empty, "Lab", "7KQ2M4XT9A", null, default, null);
        var form = Render<LabelPrint>(parameters => parameters.Add(print => print.Labels, [label]));
        Assert.Equal($"{label.Id}", form.Find("input[name=id]").GetAttribute("value"));
        Assert.Empty(form.FindAll("input[name=skip]"));
        form.Find("select").Change("a4-65");
        Assert.NotNull(form.Find("input[name=skip]"));
    }

    [Fact]
    public void The_picture_of_a_label_is_named_for_those_who_do_not_see_it() =>
        Assert.Equal("QR code of label G0409", Render<LabelPicture>(parameters => parameters.Add(picture => picture.Code, "G0409")).Find("svg").GetAttribute("aria-label"));
}
