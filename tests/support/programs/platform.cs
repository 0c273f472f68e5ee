// A stand-in for what runs custom code: the members that a script may use, written from the documentation, and a program
// that runs one script on one request. https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
//
//   platform.exe SCRIPT.dll < call.json
//
// The call holds the request, and the answer of the service that Context.SendAsync gives back. What is printed holds the
// answer of the script, and every request that it sent.

using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Reflection;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

public abstract class ScriptBase
{
    public IScriptContext Context { get; internal set; }

    public CancellationToken CancellationToken { get; internal set; }

    public static StringContent CreateJsonContent(string serializedJson)
    {
        return new StringContent(serializedJson, Encoding.UTF8, "application/json");
    }

    public abstract Task<HttpResponseMessage> ExecuteAsync();
}

public interface IScriptContext
{
    string CorrelationId { get; }

    string OperationId { get; }

    HttpRequestMessage Request { get; }

    ILogger Logger { get; }

    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}

namespace Microsoft.Extensions.Logging
{
    public interface ILogger
    {
    }

    public static class LoggerExtensions
    {
        public static void LogDebug(this ILogger logger, string message, params object[] args)
        {
        }

        public static void LogInformation(this ILogger logger, string message, params object[] args)
        {
        }

        public static void LogWarning(this ILogger logger, string message, params object[] args)
        {
        }

        public static void LogError(this ILogger logger, string message, params object[] args)
        {
        }
    }
}

/// <summary>One call of an operation, with the service's answer at hand.</summary>
internal sealed class Call : IScriptContext, ILogger
{
    private readonly HttpResponseMessage answer;

    public Call(JObject call)
    {
        this.OperationId = (string)call["operation"];
        this.Request = new HttpRequestMessage(new HttpMethod((string)call["method"]), (string)call["url"]);
        this.answer = new HttpResponseMessage((HttpStatusCode)(int)call["status"]);
        this.answer.Content = new StringContent((string)call["body"], Encoding.UTF8, "application/json");
    }

    public List<string> Sent { get; } = new List<string>();

    public string CorrelationId => "00000000-0000-0000-0000-000000000000";

    public string OperationId { get; }

    public HttpRequestMessage Request { get; }

    public ILogger Logger => this;

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        this.Sent.Add($"{request.Method} {request.RequestUri.AbsoluteUri}");
        return Task.FromResult(this.answer);
    }
}

public static class Program
{
    public static int Main(string[] arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var input = new StreamReader(Console.OpenStandardInput(), utf8).ReadToEnd();
        var settings = new JsonSerializerSettings { DateParseHandling = DateParseHandling.None };
        var call = new Call(JsonConvert.DeserializeObject<JObject>(input, settings));

        var script = (ScriptBase)Activator.CreateInstance(Assembly.LoadFrom(arguments[0]).GetType("Script"));
        script.Context = call;
        var answer = script.ExecuteAsync().GetAwaiter().GetResult();
        var result = new JObject
        {
            ["status"] = (int)answer.StatusCode,
            ["type"] = answer.Content.Headers.ContentType.MediaType,
            ["body"] = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult(),
            ["sent"] = new JArray(call.Sent),
        };

        using (var output = new StreamWriter(Console.OpenStandardOutput(), utf8))
        {
            output.Write(result.ToString(Formatting.None));
        }

        return 0;
    }
}
