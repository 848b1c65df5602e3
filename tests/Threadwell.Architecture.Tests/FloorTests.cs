using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Threadwell.Architecture.Tests;

/// <summary>Holds the floors of <c>docs/architecture.md</c>: a project uses only floors below it.</summary>
public class FloorTests
{
    // Floor by project; projects on one floor do not use each other.
    private static readonly Dictionary<string, int> Floors = new(StringComparer.Ordinal)
    {
        ["Threadwell.Evidence"] = 0,
        ["Threadwell.Geometry"] = 1,
        ["Threadwell.Mechanics"] = 2,
        ["Threadwell.Anatomy"] = 2,
        ["Threadwell.Biology"] = 2,
        ["Threadwell.Plans"] = 3,
        ["Threadwell.Prediction"] = 4,
        ["Threadwell.Care"] = 4,
        ["Threadwell.Trials"] = 5,
        ["Threadwell.Storage"] = 5,
        ["Threadwell.Storage.Sqlite"] = 6,
        ["Threadwell.Storage.PostgreSql"] = 6,
        ["Threadwell.Reports"] = 6,
        ["Threadwell.Work"] = 7,
        ["Threadwell.Web"] = 8,
        ["Threadwell.Cli"] = 9,
    };

    public static TheoryData<string> Projects => [.. Floors.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_project_of_the_solution_has_a_floor()
    {
        string[] folders = [.. Directory.GetDirectories(Path.Combine(Root(), "src")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];
        Assert.Equal(Floors.Keys.Order(StringComparer.Ordinal), folders);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_floors_below_it(string project)
    {
        XElement file = XElement.Load(Path.Combine(Root(), "src", project, project + ".csproj"));
        foreach (XElement reference in file.Descendants("ProjectReference"))
        {
            string used = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));
            Assert.True(Floors[used] < Floors[project], $"{project} refers to {used}, which is not below it.");
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_compiled_code_of_a_project_uses_only_floors_below_it(string project)
    {
        foreach (string used in Used(project))
        {
            Assert.True(Floors[used] < Floors[project], $"{project} uses {used}, which is not below it.");
        }
    }

    [Fact]
    public void Mechanics_knows_no_anatomy_no_biology_and_no_evidence() =>
        Assert.DoesNotContain(Used("Threadwell.Mechanics"), used => used != "Threadwell.Geometry");

    [Fact]
    public void Geometry_and_evidence_stand_alone()
    {
        Assert.Empty(Used("Threadwell.Evidence"));
        Assert.DoesNotContain(Used("Threadwell.Geometry"), used => used != "Threadwell.Evidence");
    }

    private static string[] Used(string project)
    {
        string file = Path.Combine(AppContext.BaseDirectory, (project == "Threadwell.Cli" ? "threadwell" : project) + ".dll");
        return [.. Assembly.LoadFrom(file).GetReferencedAssemblies().Select(name => name.Name!).Where(Floors.ContainsKey)];
    }

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
