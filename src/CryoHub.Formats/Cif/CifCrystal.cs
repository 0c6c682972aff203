using CryoHub.Imaging.Crystals;

namespace CryoHub.Formats.Cif;

/// <summary>The structure of one block, by the names of the core dictionary: those of 1991 and those of today.</summary>
internal static class CifCrystal
{
    /// <summary><c>null</c> where the block has no cell or no fractional coordinates.</summary>
    public static Crystal? Of(CifTags tags)
    {
        var (a, b, c) = (tags.Number("_cell_length_a"), tags.Number("_cell_length_b"), tags.Number("_cell_length_c"));
        var cell = new UnitCell(a, b, c, tags.Number("_cell_angle_alpha", 90), tags.Number("_cell_angle_beta", 90), tags.Number("_cell_angle_gamma", 90));
        var sites = Sites(tags);
        if (double.IsNaN(a + b + c) || sites.Count == 0)
        {
            return null;
        }

        var operations = tags.All("_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz", "_space_group_symop.operation_xyz").Where(triplet => triplet.Length > 0).ToList();
        var symbol = tags.Text("_space_group_name_H-M_alt", "_symmetry_space_group_name_H-M", "_space_group_name_H-M_full", "_space_group_name_H-M_ref") ?? "";
        var number = tags.WholeNumber("_space_group_IT_number", "_symmetry_Int_Tables_number");
        if (operations.Count == 0 && tags.Text("_space_group_name_Hall", "_symmetry_space_group_name_Hall") is { } hall && SpaceGroup.All.FirstOrDefault(group => group.Hall == hall) is { } named)
        {
            (symbol, number) = (symbol.Length > 0 ? symbol : named.Symbol, number ?? named.Number);
        }

        return new Crystal(cell, symbol, number ?? SpaceGroup.Find(symbol)?.Number, operations, sites);
    }

    private static List<AtomSite> Sites(CifTags tags)
    {
        var (x, y, z) = (tags.All("_atom_site_fract_x"), tags.All("_atom_site_fract_y"), tags.All("_atom_site_fract_z"));
        var labels = tags.All("_atom_site_label", "_atom_site_id");
        var types = tags.All("_atom_site_type_symbol");
        var occupancies = tags.All("_atom_site_occupancy");
        List<AtomSite> sites = [];
        for (var i = 0; i < Math.Min(x.Count, Math.Min(y.Count, z.Count)); i++)
        {
            var (type, label) = (At(types, i), At(labels, i));
            var element = type.Length > 0 ? ElementSymbol.Of(type) : ElementSymbol.Of(label);
            sites.Add(new AtomSite(
                label.Length > 0 ? label : type, element, CifTags.Parse(x[i]), CifTags.Parse(y[i]), CifTags.Parse(z[i]), CifTags.Parse(At(occupancies, i), 1)));
        }

        return sites;
    }

    private static string At(List<string> column, int row) => row < column.Count ? column[row] : "";
}
