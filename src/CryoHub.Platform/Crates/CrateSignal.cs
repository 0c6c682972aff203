using System.Text.Json;

namespace CryoHub.Platform.Crates;

/// <param name="Axes">As the API shows them.</param>
internal sealed record CrateSignal(int Index, string Name, string Kind, string PixelType, IReadOnlyList<long> Shape, JsonDocument Axes, string ValueUnit);
