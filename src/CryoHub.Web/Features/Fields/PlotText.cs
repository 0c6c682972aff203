using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CryoHub.Web.Features.Fields;

/// <summary>Words in a picture; Razor keeps the element's own name, <c>text</c>, for itself.</summary>
public sealed class PlotText : ComponentBase
{
    [Parameter]
    public string Class { get; set; } = "";

    [Parameter]
    public double X { get; set; }

    [Parameter]
    public double Y { get; set; }

    [Parameter]
    public double Turned { get; set; }

    [Parameter, EditorRequired]
    public string Words { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "transform", $"translate({ComparePlot.At(X)} {ComparePlot.At(Y)}) rotate({ComparePlot.At(Turned)})");
        builder.AddContent(3, Words);
        builder.CloseElement();
    }
}
