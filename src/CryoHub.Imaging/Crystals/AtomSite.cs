namespace CryoHub.Imaging.Crystals;

/// <summary>One site of the asymmetric unit.</summary>
/// <param name="Label">As the file writes it: <c>Li1</c>.</param>
/// <param name="Element">Chemical symbol.</param>
/// <param name="X">Fraction of the cell's a axis.</param>
/// <param name="Y">Fraction of the b axis.</param>
/// <param name="Z">Fraction of the c axis.</param>
/// <param name="Occupancy">0 to 1.</param>
public sealed record AtomSite(string Label, string Element, double X, double Y, double Z, double Occupancy = 1);
