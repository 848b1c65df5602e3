using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Decks;

/// <summary>A static problem as read from a deck file. Units: mm, N, MPa, t/mm³, mm/s².</summary>
public sealed class Deck
{
    /// <summary>Name of the deck; empty when it has none.</summary>
    public required string Name { get; init; }

    /// <summary>Node positions, mm.</summary>
    public required Vector3D[] Nodes { get; init; }

    /// <summary>Elements, each block of one kind and one material.</summary>
    public required IReadOnlyList<ElementBlock> Blocks { get; init; }

    /// <summary>Material of each element, in the blocks' order.</summary>
    public required int[] ElementMaterials { get; init; }

    /// <summary>The materials.</summary>
    public required IReadOnlyList<DeckMaterial> Materials { get; init; }

    /// <summary>Fixed displacement components; length 3 x nodes.</summary>
    public required bool[] Fixed { get; init; }

    /// <summary>Acceleration of gravity, mm/s².</summary>
    public required Vector3D Gravity { get; init; }

    /// <summary>Nodal forces, N; length 3 x nodes.</summary>
    public required double[] Forces { get; init; }

    /// <summary>Nodes whose displacement is reported by name, in the order of the file.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Probes { get; init; }

    /// <summary>The model of this deck.</summary>
    /// <exception cref="ArgumentException">An element is inverted or flat.</exception>
    public SolidModel CreateModel()
    {
        var mesh = new SolidMesh(Nodes, Blocks);
        var model = new SolidModel(mesh) { Gravity = Gravity };
        for (int element = 0; element < mesh.ElementCount; element++)
        {
            DeckMaterial material = Materials[ElementMaterials[element]];
            model.SetNeoHookean(element, material.ShearModulus, material.BulkModulus);
            model.Density[element] = material.Density;
        }

        Forces.CopyTo(model.NodalForces, 0);
        Fixed.CopyTo(model.Fixed, 0);
        return model;
    }
}

/// <summary>A neo-Hookean material of a deck.</summary>
/// <param name="ShearModulus">mu, MPa.</param>
/// <param name="BulkModulus">kappa, MPa.</param>
/// <param name="Density">t/mm³.</param>
public readonly record struct DeckMaterial(double ShearModulus, double BulkModulus, double Density);
