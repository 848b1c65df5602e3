using System.Text;
using System.Text.Json.Nodes;
using Threadwell.Geometry;
using Threadwell.Mechanics.Decks;

namespace Threadwell.Mechanics.Tests.Decks;

public sealed class DeckReaderTests
{
    private const string Cube = """
        {"name":"cube","units":"mm, N, MPa, tonne, s",
         "nodes":[[0,0,0],[1,0,0],[1,1,0],[0,1,0],[0,0,1],[1,0,1],[1,1,1],[0,1,1]],
         "blocks":[{"name":"b","material":"m","element":"hex8","connectivity":[[0,1,2,3,4,5,6,7]]}],
         "materials":{"m":{"model":"neo-hookean","mu":0.01,"kappa":0.2,"density":1e-9}},
         "fixed":[{"nodes":[0,1,2,3],"axes":"xyz"}],"gravity":[0,-9810,0],
         "forces":[{"node":6,"force":[0,0,0.001]}],"probes":{"top":6}}
        """;

    [Fact]
    public void A_sound_deck_is_read_whole()
    {
        Deck deck = Read(Cube);
        Assert.Equal(8, deck.Nodes.Length);
        Assert.Equal(0.2, deck.Materials[deck.ElementMaterials[0]].BulkModulus);
        Assert.Equal(12, deck.Fixed.Count(value => value));
        Assert.Equal(0.001, deck.Forces[20]);
        Assert.Equal(new KeyValuePair<string, int>("top", 6), deck.Probes.Single());
    }

    [Theory]
    [InlineData("[0,0,0],[1,0,0]", "[0,0],[1,0,0]", "nodes[0]")]
    [InlineData("[0,0,0],[1,0,0]", "[0,0,1e999],[1,0,0]", "nodes[0]")]
    [InlineData("\"hex8\"", "\"hex20\"", "blocks[0].element")]
    [InlineData("4,5,6,7]", "4,5,6,8]", "blocks[0].connectivity[0]")]
    [InlineData("4,5,6,7]", "4,5,6]", "blocks[0].connectivity[0]")]
    [InlineData("4,5,6,7]", "4,5,6,-7]", "blocks[0].connectivity[0]")]
    [InlineData("\"material\":\"m\"", "\"material\":\"x\"", "blocks[0].material")]
    [InlineData("\"mu\":0.01", "\"mu\":-1", "materials.m")]
    [InlineData("\"mu\":0.01,", "", "materials.m")]
    [InlineData("\"axes\":\"xyz\"", "\"axes\":\"w\"", "fixed[0].axes")]
    [InlineData("\"nodes\":[0,1,2,3]", "\"nodes\":[0,1,2,30]", "fixed[0].nodes[3]")]
    [InlineData("\"node\":6", "\"node\":60", "forces[0].node")]
    [InlineData("\"top\":6", "\"top\":60", "probes.top")]
    [InlineData("\"gravity\"", "\"gravty\"", "gravty")]
    [InlineData("\"probes\"", "\"forces\"", "forces")]
    [InlineData("mm, N, MPa, tonne, s", "m, N, Pa, kg, s", "units")]
    public void A_fault_is_named_with_its_place(string part, string faulty, string place)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read(Cube.Replace(part, faulty, StringComparison.Ordinal)));
        Assert.Equal("cube.json", error.InputSource);
        Assert.Equal(place, error.Place);
    }

    [Fact]
    public void Broken_text_names_the_line()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read(Cube[..200]));
        Assert.StartsWith("line ", error.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_decks_are_refused_and_never_crash()
    {
        var random = new Random(1);
        byte[] sound = Encoding.UTF8.GetBytes(Cube);
        for (int trial = 0; trial < 5000; trial++)
        {
            byte[] damaged = [.. sound];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)(trial % 2 == 0 ? random.Next(256) : "[]{},:\"0-9e"[random.Next(11)]);
            }

            try
            {
                DeckReader.Read(random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged, "cube.json").CreateModel();
            }
            catch (Exception e) when (e is InvalidInputException or ArgumentException)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Fact]
    public void An_answer_is_written_with_every_part()
    {
        string folder = Directory.CreateTempSubdirectory("deck").FullName;
        string deck = Path.Combine(folder, "cube.json"), answer = Path.Combine(folder, "answer.json");
        try
        {
            File.WriteAllText(deck, Cube);
            SolveDeck.Run(deck, answer);
            JsonNode result = JsonNode.Parse(File.ReadAllText(answer))!;
            Assert.Equal(8, result["displacements"]!.AsArray().Count);
            Assert.Equal(result["displacements"]![6]!.ToJsonString(), result["probes"]!["top"]!.ToJsonString());
            Assert.True(result["max"]!["value"]!.GetValue<double>() > 0);
            Assert.True(result["iterations"]!["newton"]!.GetValue<int>() > 0);
            Assert.NotNull(result["iterations"]!["linear"]);
            Assert.All(["read", "assemble", "solve", "total"], part => Assert.NotNull(result["seconds"]![part]));
            Assert.Equal([deck, answer], Directory.GetFiles(folder).OrderDescending());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_deck_without_supports_is_refused_and_writes_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("deck").FullName;
        string deck = Path.Combine(folder, "cube.json"), answer = Path.Combine(folder, "answer.json");
        try
        {
            File.WriteAllText(deck, Cube.Replace("\"nodes\":[0,1,2,3]", "\"nodes\":[]", StringComparison.Ordinal));
            InvalidInputException error = Assert.Throws<InvalidInputException>(() => SolveDeck.Run(deck, answer));
            Assert.Contains("support", error.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(answer));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Deck Read(string text) => DeckReader.Read(Encoding.UTF8.GetBytes(text), "cube.json");
}
