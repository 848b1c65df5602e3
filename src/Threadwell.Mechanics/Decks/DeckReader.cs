using System.Globalization;
using System.Text.Json;
using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Decks;

/// <summary>
/// Reads a deck file: JSON with <c>nodes, blocks, materials, fixed, gravity, forces, probes</c> (docs/theory/mechanics.md). Anything
/// unknown, out of range or not finite is refused with the place where it stands.
/// </summary>
public static class DeckReader
{
    private const string Units = "mm, N, MPa, tonne, s";

    /// <summary>Reads a deck.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">The file cannot be read or is no sound deck.</exception>
    public static Deck Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidInputException(path, null, "this is a folder; name a file.");
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InvalidInputException(path, null, $"cannot be read: {e.Message}", e);
        }

        return Read(bytes, path);
    }

    /// <summary>Reads a deck from memory.</summary>
    /// <param name="bytes">UTF-8 text.</param>
    /// <param name="source">Name of the source for messages.</param>
    /// <exception cref="InvalidInputException">The text is no sound deck.</exception>
    public static Deck Read(ReadOnlySpan<byte> bytes, string source)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        var draft = new DeckDraft();
        var input = new DeckInput(bytes, source);
        try
        {
            ReadDocument(ref input, draft);
        }
        catch (JsonException e)
        {
            string line = (e.LineNumber + 1)?.ToString(CultureInfo.InvariantCulture) ?? "?";
            throw new InvalidInputException(source, $"line {line}", $"is not valid JSON: {e.Message.Split(" LineNumber")[0]}", e);
        }

        return draft.Finish(source);
    }

    private static void ReadDocument(ref DeckInput input, DeckDraft draft)
    {
        input.Next();
        input.Expect(JsonTokenType.StartObject, "", "the deck must be one JSON object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (input.NextProperty("", seen) is { } key)
        {
            switch (key)
            {
                case "name":
                    draft.Name = input.String(key);
                    break;
                case "units":
                    string units = input.String(key);
                    if (units != Units)
                    {
                        throw input.Error(key, $"is \"{units}\"; only \"{Units}\" is known");
                    }

                    break;
                case "nodes":
                    ReadNodes(ref input, draft);
                    break;
                case "materials":
                    ReadMaterials(ref input, draft);
                    break;
                case "blocks":
                    ReadBlocks(ref input, draft);
                    break;
                case "fixed":
                    ReadFixed(ref input, draft);
                    break;
                case "gravity":
                    draft.Gravity = input.Vector(key);
                    break;
                case "forces":
                    ReadForces(ref input, draft);
                    break;
                case "probes":
                    ReadProbes(ref input, draft);
                    break;
                default:
                    throw input.Error(key, "is not a key of a deck (name, units, nodes, materials, blocks, fixed, gravity, forces, probes)");
            }
        }

        input.End();
    }

    private static void ReadNodes(ref DeckInput input, DeckDraft draft)
    {
        input.StartArray("nodes");
        while (input.NextItem())
        {
            draft.Nodes.Add(input.VectorHere("nodes", draft.Nodes.Count));
        }
    }

    private static void ReadMaterials(ref DeckInput input, DeckDraft draft)
    {
        input.StartObject("materials");
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (input.NextProperty("materials", names) is { } name)
        {
            string place = $"materials.{name}";
            double mu = double.NaN, kappa = double.NaN, density = 0;
            input.StartObject(place);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (input.NextProperty(place, seen) is { } key)
            {
                switch (key)
                {
                    case "model":
                        string model = input.String($"{place}.model");
                        if (model != "neo-hookean")
                        {
                            throw input.Error($"{place}.model", $"is \"{model}\"; only \"neo-hookean\" is known");
                        }

                        break;
                    case "mu":
                        mu = input.Number($"{place}.mu");
                        break;
                    case "kappa":
                        kappa = input.Number($"{place}.kappa");
                        break;
                    case "density":
                        density = input.Number($"{place}.density");
                        break;
                    default:
                        throw input.Error($"{place}.{key}", "is not a key of a material (model, mu, kappa, density)");
                }
            }

            if (!(mu > 0) || !(kappa > 0) || !(density >= 0))
            {
                throw input.Error(place, "needs mu > 0 (MPa), kappa > 0 (MPa) and density >= 0 (t/mm3)");
            }

            draft.Materials.Add(new KeyValuePair<string, DeckMaterial>(name, new DeckMaterial(mu, kappa, density)));
        }
    }

    private static void ReadBlocks(ref DeckInput input, DeckDraft draft)
    {
        input.StartArray("blocks");
        while (input.NextItem())
        {
            string place = $"blocks[{draft.Blocks.Count}]";
            var block = new DeckDraft.Block();
            input.ExpectObject(place);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (input.NextProperty(place, seen) is { } key)
            {
                switch (key)
                {
                    case "name":
                        input.String($"{place}.name");
                        break;
                    case "material":
                        block.Material = input.String($"{place}.material");
                        break;
                    case "element":
                        string element = input.String($"{place}.element");
                        block.Kind = element switch
                        {
                            "tet4" => ElementKind.Tet4,
                            "wedge6" => ElementKind.Wedge6,
                            "hex8" => ElementKind.Hex8,
                            _ => throw input.Error($"{place}.element", $"is \"{element}\"; known are hex8, wedge6, tet4"),
                        };
                        break;
                    case "connectivity":
                        ReadConnectivity(ref input, $"{place}.connectivity", block);
                        break;
                    default:
                        throw input.Error($"{place}.{key}", "is not a key of a block (name, material, element, connectivity)");
                }
            }

            draft.Blocks.Add(block);
        }
    }

    private static void ReadConnectivity(ref DeckInput input, string place, DeckDraft.Block block)
    {
        input.StartArray(place);
        while (input.NextItem())
        {
            input.ExpectArray(place, block.Sizes.Count);
            int size = 0;
            while (input.NextItem())
            {
                if (++size > 8)
                {
                    throw input.Error($"{place}[{block.Sizes.Count}]", "has more than 8 nodes");
                }

                block.Connectivity.Add(input.IndexHere(place, block.Sizes.Count));
            }

            block.Sizes.Add((byte)size);
        }
    }

    private static void ReadFixed(ref DeckInput input, DeckDraft draft)
    {
        input.StartArray("fixed");
        while (input.NextItem())
        {
            string place = $"fixed[{draft.Fixed.Count}]";
            var support = new DeckDraft.Support();
            input.ExpectObject(place);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (input.NextProperty(place, seen) is { } key)
            {
                switch (key)
                {
                    case "nodes":
                        input.StartArray($"{place}.nodes");
                        while (input.NextItem())
                        {
                            support.Nodes.Add(input.IndexHere($"{place}.nodes", support.Nodes.Count));
                        }

                        break;
                    case "axes":
                        support.Axes = input.String($"{place}.axes");
                        break;
                    default:
                        throw input.Error($"{place}.{key}", "is not a key of a support (nodes, axes)");
                }
            }

            draft.Fixed.Add(support);
        }
    }

    private static void ReadForces(ref DeckInput input, DeckDraft draft)
    {
        input.StartArray("forces");
        while (input.NextItem())
        {
            string place = $"forces[{draft.Forces.Count}]";
            int node = -1;
            Vector3D? force = null;
            input.ExpectObject(place);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (input.NextProperty(place, seen) is { } key)
            {
                switch (key)
                {
                    case "node":
                        node = input.Index($"{place}.node");
                        break;
                    case "force":
                        force = input.Vector($"{place}.force");
                        break;
                    default:
                        throw input.Error($"{place}.{key}", "is not a key of a force (node, force)");
                }
            }

            draft.Forces.Add((node, force ?? throw input.Error(place, "needs a force of three numbers (N)")));
        }
    }

    private static void ReadProbes(ref DeckInput input, DeckDraft draft)
    {
        input.StartObject("probes");
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (input.NextProperty("probes", names) is { } name)
        {
            draft.Probes.Add(new KeyValuePair<string, int>(name, input.Index($"probes.{name}")));
        }
    }
}
