using System.IO.Compression;
using System.Text.Json;
using Threadwell.Mechanics.Decks;
using Threadwell.Mechanics.Equilibrium;

namespace Threadwell.Mechanics.Tests.Decks;

/// <summary>Agreement with independent finite element codes (Decks/Data/reference.json: FEBio 4.11).</summary>
public sealed class DeckAgreementTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Decks", "Data");

    [Theory]
    [InlineData("slab-s-gravity-hex", 5e-3)]
    [InlineData("slab-s-gravity-wedge", 5e-3)]
    [InlineData("slab-s-pull-hex", 5e-3)]
    [InlineData("slab-s-pull-wedge", 5e-3)]
    [InlineData("slab-m-gravity-hex", 5e-3)]
    [InlineData("slab-s-gravity-tet", 1e-6)]
    [InlineData("slab-m-gravity-tet", 1e-6)]
    public void Probes_agree_with_the_reference(string name, double relativeError)
    {
        Deck deck = Read(name);
        double[] displacement = new double[3 * deck.Nodes.Length];
        new EquilibriumSolver(deck.CreateModel(), options: new EquilibriumOptions { Tolerance = 1e-9 }).Solve(displacement);
        using JsonDocument references = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "reference.json")));
        JsonElement reference = references.RootElement.GetProperty(name);
        double scale = reference.GetProperty("max").GetProperty("value").GetDouble();
        foreach ((string probe, int node) in deck.Probes)
        {
            JsonElement expected = reference.GetProperty("probes").GetProperty(probe);
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.Equal(expected[axis].GetDouble(), displacement[(3 * node) + axis], relativeError * scale);
            }
        }

        double largest = Enumerable.Range(0, deck.Nodes.Length)
            .Max(n => Math.Sqrt(displacement.AsSpan(3 * n, 3).ToArray().Sum(value => value * value)));
        Assert.Equal(scale, largest, relativeError * scale);
    }

    internal static Deck Read(string name)
    {
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, name + ".json.gz")), CompressionMode.Decompress))
        {
            packed.CopyTo(unpacked);
        }

        return DeckReader.Read(unpacked.ToArray(), name);
    }
}
