using CryoHub.Imaging.Labels;

namespace CryoHub.Platform.Painting;

/// <summary>What a person does: paints a stroke, or takes one back or brings it back by its number.</summary>
/// <param name="Id">Chosen by the sender, the same when it is sent again.</param>
public sealed record PaintText(Guid Id, PaintAct Act, Stroke? Stroke = null, long? Target = null);
