using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Decks;

/// <summary>What was read so far; the keys of a deck come in any order, so references are checked at the end.</summary>
internal sealed class DeckDraft
{
    public string Name { get; set; } = "";

    public List<Vector3D> Nodes { get; } = [];

    public List<KeyValuePair<string, DeckMaterial>> Materials { get; } = [];

    public List<Block> Blocks { get; } = [];

    public List<Support> Fixed { get; } = [];

    public Vector3D Gravity { get; set; }

    public List<(int Node, Vector3D Force)> Forces { get; } = [];

    public List<KeyValuePair<string, int>> Probes { get; } = [];

    public Deck Finish(string source)
    {
        if (Nodes.Count == 0 || Blocks.Count == 0 || Materials.Count == 0)
        {
            throw new InvalidInputException(source, null, "needs nodes, blocks and materials");
        }

        var blocks = new List<ElementBlock>();
        var materials = new List<int>();
        for (int b = 0; b < Blocks.Count; b++)
        {
            blocks.Add(FinishBlock(source, b, out int material));
            materials.AddRange(Enumerable.Repeat(material, blocks[^1].Count));
        }

        return new Deck
        {
            Name = Name,
            Nodes = [.. Nodes],
            Blocks = blocks,
            ElementMaterials = [.. materials],
            Materials = [.. Materials.Select(material => material.Value)],
            Fixed = FinishSupports(source),
            Gravity = Gravity,
            Forces = FinishForces(source),
            Probes = FinishProbes(source),
        };
    }

    private ElementBlock FinishBlock(string source, int b, out int material)
    {
        Block block = Blocks[b];
        string place = $"blocks[{b}]";
        if (block.Kind is not { } kind || block.Material is not { } name || block.Sizes.Count == 0)
        {
            throw new InvalidInputException(source, place, "needs element, material and connectivity with at least one element");
        }

        material = Materials.FindIndex(m => m.Key == name);
        if (material < 0)
        {
            throw new InvalidInputException(source, $"{place}.material", $"\"{name}\" is not one of the materials");
        }

        int size = ElementShape.NodeCount(kind);
        for (int e = 0; e < block.Sizes.Count; e++)
        {
            if (block.Sizes[e] != size)
            {
                throw new InvalidInputException(source, $"{place}.connectivity[{e}]", $"has {block.Sizes[e]} nodes; this element has {size}");
            }

            for (int a = 0; a < size; a++)
            {
                CheckNode(source, $"{place}.connectivity[{e}]", block.Connectivity[(e * size) + a]);
            }
        }

        return new ElementBlock(kind, [.. block.Connectivity]);
    }

    private bool[] FinishSupports(string source)
    {
        var isFixed = new bool[3 * Nodes.Count];
        for (int s = 0; s < Fixed.Count; s++)
        {
            Support support = Fixed[s];
            if (support.Axes.Length == 0 || support.Axes.Any(axis => axis is < 'x' or > 'z'))
            {
                throw new InvalidInputException(source, $"fixed[{s}].axes", "must be some of the letters x, y, z");
            }

            for (int i = 0; i < support.Nodes.Count; i++)
            {
                CheckNode(source, $"fixed[{s}].nodes[{i}]", support.Nodes[i]);
                foreach (char axis in support.Axes)
                {
                    isFixed[(3 * support.Nodes[i]) + (axis - 'x')] = true;
                }
            }
        }

        return isFixed;
    }

    private double[] FinishForces(string source)
    {
        var forces = new double[3 * Nodes.Count];
        for (int f = 0; f < Forces.Count; f++)
        {
            (int node, Vector3D force) = Forces[f];
            CheckNode(source, $"forces[{f}].node", node);
            forces[3 * node] += force.X;
            forces[(3 * node) + 1] += force.Y;
            forces[(3 * node) + 2] += force.Z;
        }

        return forces;
    }

    private List<KeyValuePair<string, int>> FinishProbes(string source)
    {
        foreach ((string name, int node) in Probes)
        {
            CheckNode(source, $"probes.{name}", node);
        }

        return Probes;
    }

    private void CheckNode(string source, string place, int node)
    {
        if ((uint)node >= (uint)Nodes.Count)
        {
            throw new InvalidInputException(source, place, node < 0 ? "needs a node" : $"names node {node}; the deck has {Nodes.Count} (0 to {Nodes.Count - 1})");
        }
    }

    public sealed class Block
    {
        public ElementKind? Kind { get; set; }

        public string? Material { get; set; }

        public List<int> Connectivity { get; } = [];

        public List<byte> Sizes { get; } = [];
    }

    public sealed class Support
    {
        public List<int> Nodes { get; } = [];

        public string Axes { get; set; } = "";
    }
}
