namespace CryoHub.Imaging.Crystals;

/// <summary>A crystal structure as a file states it.</summary>
/// <param name="Cell">The unit cell.</param>
/// <param name="SpaceGroup">Hermann-Mauguin symbol as the file writes it; empty where it states none.</param>
/// <param name="SpaceGroupNumber">Number in the International Tables; <c>null</c> where it is neither stated nor known from the symbol.</param>
/// <param name="Operations">Symmetry operations as <c>x,y,z</c> triplets; empty where the file lists none.</param>
/// <param name="Sites">Sites of the asymmetric unit.</param>
public sealed record Crystal(UnitCell Cell, string SpaceGroup, int? SpaceGroupNumber, IReadOnlyList<string> Operations, IReadOnlyList<AtomSite> Sites);
