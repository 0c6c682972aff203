namespace CryoHub.Platform.Limits;

/// <summary>How much oxygen or water a metal may meet, as a lab sets it; nothing is built in, as no open source states one.</summary>
/// <param name="PpmMin">ppm × minutes since the cell was opened.</param>
public sealed record GasLimit(LimitKind Kind, string Metal, double PpmMin, string Source);
