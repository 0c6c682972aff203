namespace CryoHub.Web.Features.Painting;

/// <summary>A layer to be made.</summary>
internal sealed record NewPaintLayer(string? Name);
