namespace CryoHub.Platform.Custody;

/// <summary>What a carrier has to know. Numbers and classes as in the UN Model Regulations (ADR 2025, IATA DGR); the shipper decides which applies.</summary>
/// <param name="Key">Kebab-case, stored.</param>
/// <param name="UnNumber">For instance "UN 1977"; empty where the goods are not restricted.</param>
/// <param name="Class">Of dangerous goods; empty where not restricted.</param>
public sealed record HazardClass(string Key, string Title, string UnNumber, string Class)
{
    public static IReadOnlyList<HazardClass> All { get; } =
    [
        new("dry-shipper", "Dry shipper, nitrogen fully absorbed (IATA A152: not restricted)", "", ""),
        new("not-restricted", "Not restricted", "", ""),
        new("nitrogen", "Nitrogen, refrigerated liquid", "UN 1977", "2.2"),
        new("dry-ice", "Carbon dioxide, solid (dry ice)", "UN 1845", "9"),
        new("lithium-metal", "Lithium", "UN 1415", "4.3"),
        new("sodium-metal", "Sodium", "UN 1428", "4.3"),
        new("potassium-metal", "Potassium", "UN 2257", "4.3"),
        new("lithium-metal-cells", "Lithium metal batteries", "UN 3090", "9"),
        new("lithium-ion-cells", "Lithium ion batteries", "UN 3480", "9"),
        new("flammable-liquid", "Flammable liquid, not otherwise specified (electrolyte solvent)", "UN 1993", "3"),
        new("corrosive-liquid", "Corrosive liquid, not otherwise specified (electrolyte with LiPF6)", "UN 1760", "8"),
    ];

    public string Words => UnNumber.Length == 0 ? Title : $"{UnNumber} {Title}, class {Class}";

    public static HazardClass? Find(string key) => All.FirstOrDefault(hazard => hazard.Key == key);
}
