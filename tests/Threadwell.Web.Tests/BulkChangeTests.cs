using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Audit;

namespace Threadwell.Web.Tests;

/// <summary>
/// A bulk update or delete goes past the audit trail. The source is read for them: each may write only what is marked as left out of the trail.
/// </summary>
public sealed partial class BulkChangeTests
{
    [Fact]
    public void Bulk_changes_write_nothing_that_the_trail_keeps()
    {
        List<string> found = [];
        foreach (string file in Directory.GetFiles(Path.Combine(Root(), "src"), "*", SearchOption.AllDirectories).Where(IsSource))
        {
            string source = File.ReadAllText(file);
            foreach (Match call in Call().Matches(source))
            {
                found.Add(Path.GetFileName(file));
                Check(Path.GetFileName(file), Statement(source, call.Index), call.Groups["kind"].Value);
            }
        }

        Assert.Contains("SessionCookie.cs", found);
    }

    [Theory]
    [InlineData("database.Patients.Where(row => row.Id == key).ExecuteUpdate(row => row.SetProperty(patient => patient.FullName, \"\"))")]
    [InlineData("database.Sessions.Where(row => row.Id == key).ExecuteUpdateAsync(row => row.SetProperty(session => session.SeenAt, now).SetProperty(session => session.EndedAt, now))")]
    [InlineData("await database.Treatments.ExecuteDeleteAsync()")]
    [InlineData("await query.ExecuteDeleteAsync()")]
    public void The_reading_finds_a_change_that_it_should_not_pass(string statement) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check("test", statement, Call().Match(statement).Groups["kind"].Value));

    private static void Check(string file, string statement, string kind)
    {
        string[] sets = [.. Part().Matches(statement[..statement.IndexOf(".Execute", StringComparison.Ordinal)]).Select(part => part.Groups["name"].Value)];
        PropertyInfo? set = sets.Select(name => typeof(ThreadwellContext).GetProperty(name)).FirstOrDefault(property => property?.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(DbSet<>));
        Assert.True(set is not null, $"{file}: name the table in the statement of a bulk change, so that it can be seen which it is: {statement}");
        Type row = set.PropertyType.GetGenericArguments()[0];
        if (row.IsDefined(typeof(NotAuditedAttribute), inherit: false))
        {
            return;
        }

        Assert.True(kind == "Update", $"{file}: a bulk delete of {row.Name} goes past the audit trail; remove the rows by the context.");
        string[] written = [.. Written().Matches(statement).Select(match => match.Groups["name"].Value)];
        Assert.NotEmpty(written);
        Assert.All(written, name => Assert.True(row.GetProperty(name)!.IsDefined(typeof(NotAuditedAttribute), inherit: false), $"{file}: a bulk update of {row.Name}.{name} goes past the audit trail."));
    }

    // From the end of the statement before to the end of this one.
    private static string Statement(string source, int at)
    {
        int start = source.LastIndexOfAny([';', '{', '}'], at) + 1;
        int end = source.IndexOf(';', at);
        return source[start..(end < 0 ? source.Length : end)];
    }

    private static bool IsSource(string file) =>
        (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)) && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules");

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"\.Execute(?<kind>Update|Delete)(?:Async)?\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();

    [GeneratedRegex(@"\.(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();

    [GeneratedRegex(@"SetProperty\(\s*(?<row>\w+)\s*=>\s*\k<row>\.(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();
}
