/* SPDX-License-Identifier: ISC */
/*
 * kubernetes.c -- a Deployment, a Service if there are ports, and a claim for each disk
 *
 * passt runs beside the appliance, as a container that starts before it and ends
 * after it (Kubernetes 1.29). The socket is in a folder that both mount. Networks
 * and disks are called by their place among the devices: device names may be longer than
 * names can be, and differ by case alone.
 */
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "deploy/deployment.h"

static void object_print(FILE *out, const struct deployment *deployment, const char *version, const char *kind, const char *name)
{
	fprintf(out, "---\napiVersion: %s\nkind: %s\nmetadata:\n  name: %s\n  labels: {app.kubernetes.io/name: %s}\n",
		version, kind, name, deployment->name);
}

/* as the profile "restricted" of the Pod Security Standards has it; passt makes namespaces, for which it may need a profile of its own */
static void security_print(FILE *out, bool passt)
{
	fputs("          securityContext:\n            allowPrivilegeEscalation: false\n"
	      "            readOnlyRootFilesystem: true\n            capabilities: {drop: [ALL]}\n", out);
	if (!passt)
		fputs("            seccompProfile: {type: RuntimeDefault}\n", out);
}

static void mounts_print(FILE *out, const struct deployment *deployment)
{
	if (deployable_count(&deployment->app, true))
		fputs("          volumeMounts:\n", out);
	for (size_t i = 0; i < deployment->app.device_count; i++)
		if (deployment->app.devices[i].network)
			fprintf(out, "            - {name: network-%zu, mountPath: /run/network-%zu}\n", i, i);
	if (deployable_count(&deployment->app, false))
		fputs("          volumeDevices:\n", out);
	for (size_t i = 0; i < deployment->app.device_count; i++)
		if (!deployment->app.devices[i].network)
			fprintf(out, "            - {name: disk-%zu, devicePath: /dev/disk-%zu}\n", i, i);
}

static void arguments_print(FILE *out, const struct deployment *deployment)
{
	if (deployment->app.device_count || deployment->arguments.count)
		fputs("          args:\n", out);
	for (size_t i = 0; i < deployment->app.device_count; i++) {
		const struct deployable_device *device = &deployment->app.devices[i];

		fprintf(out, "            - %s\n", quoted(device_word(device, device->network ?
			str_format("unix:/run/network-%zu/socket", i) : str_format("/dev/disk-%zu", i))));
	}
	if (deployment->arguments.count)
		fputs("            - \"--\"\n", out);
	for (size_t i = 0; i < deployment->arguments.count; i++)
		fprintf(out, "            - %s\n", quoted(dollars_doubled(deployment->arguments.items[i])));
}

/* the page is asked at the first TCP port, through passt */
static void probes_print(FILE *out, const struct deployment *deployment)
{
	const struct forward *forward = NULL;

	for (size_t i = 0; !forward && i < deployment->forward_count; i++)
		if (!deployment->forwards[i].port.udp)
			forward = &deployment->forwards[i];
	if (!deployment->probe || !forward)
		return;
	fprintf(out, "          readinessProbe:\n            httpGet: {path: %s, port: %u}\n            periodSeconds: 2\n"
		"          livenessProbe:\n            httpGet: {path: %s, port: %u}\n            periodSeconds: 10\n            timeoutSeconds: 5\n",
		quoted(deployment->probe), forward->outside, quoted(deployment->probe), forward->outside);
}

static void ports_print(FILE *out, const struct deployment *deployment)
{
	if (deployment->forward_count)
		fputs("          ports:\n", out);
	for (size_t i = 0; i < deployment->forward_count; i++) {
		const struct forward *forward = &deployment->forwards[i];

		fprintf(out, "            - {containerPort: %u, protocol: %s}\n", forward->outside, forward->port.udp ? "UDP" : "TCP");
	}
}

static void appliance_print(FILE *out, const struct deployment *deployment)
{
	unsigned long long memory = deployment->app.memory + DEPLOYMENT_OVERHEAD;
	const char *kvm = deployment->app.kvm ? ", devices.kubevirt.io/kvm: 1" : "";

	fprintf(out, "      containers:\n        - name: %s\n          image: %s\n", deployment->name, quoted(deployment->image));
	arguments_print(out, deployment);
	fprintf(out, "          resources:\n            # the guest's memory, and what the monitor and the kernel need for it\n"
		"            limits: {memory: %llu%s}\n            requests: {memory: %llu, cpu: 10m%s}\n", memory, kvm, memory, kvm);
	security_print(out, false);
	mounts_print(out, deployment);
	if (!deployable_count(&deployment->app, true))
		return;
	probes_print(out, deployment);
}

static void passt_print(FILE *out, const struct deployment *deployment, size_t network, bool forwards)
{
	const char *tcp = forwards_text(deployment, false), *udp = forwards_text(deployment, true);

	fprintf(out, "        - name: network-%zu   # %s\n          image: %s\n          restartPolicy: Always\n"
		"          args: [\"--foreground\", \"--stderr\", \"--socket\", \"/run/network-%zu/socket\"",
		network, deployment->app.devices[network].name, quoted(deployment->passt_image), network);
	if (forwards && tcp)
		fprintf(out, ", \"--tcp-ports\", \"%s\"", tcp);
	if (forwards && udp)
		fprintf(out, ", \"--udp-ports\", \"%s\"", udp);
	fputs("]\n          resources:\n            limits: {memory: 64Mi}\n            requests: {memory: 16Mi, cpu: 10m}\n", out);
	security_print(out, true);
	fprintf(out, "          volumeMounts:\n            - {name: network-%zu, mountPath: /run/network-%zu}\n", network, network);
	if (forwards)
		ports_print(out, deployment);
}

static void volumes_print(FILE *out, const struct deployment *deployment)
{
	if (deployment->app.device_count)
		fputs("      volumes:\n", out);
	for (size_t i = 0; i < deployment->app.device_count; i++)
		if (deployment->app.devices[i].network)
			fprintf(out, "        - {name: network-%zu, emptyDir: {medium: Memory, sizeLimit: 1Mi}}\n", i);
		else
			fprintf(out, "        - {name: disk-%zu, persistentVolumeClaim: {claimName: %s-disk-%zu%s}}\n", i, deployment->name, i,
				deployment->app.devices[i].readonly ? ", readOnly: true" : "");
}

static void deployment_print(FILE *out, const struct deployment *deployment)
{
	bool forwards = true;

	object_print(out, deployment, "apps/v1", "Deployment", deployment->name);
	fprintf(out, "spec:\n  replicas: 1\n%s  selector: {matchLabels: {app.kubernetes.io/name: %s}}\n"
		"  template:\n    metadata: {labels: {app.kubernetes.io/name: %s}}\n    spec:\n"
		"      automountServiceAccountToken: false\n      enableServiceLinks: false\n      nodeSelector: {kubernetes.io/arch: %s}\n"
		"      securityContext:\n        runAsNonRoot: true\n        runAsUser: %d\n        runAsGroup: %d\n        fsGroup: %d\n",
		/* a disk has one owner at a time */
		deployable_count(&deployment->app, false) ? "  strategy: {type: Recreate}\n" : "",
		deployment->name, deployment->name, deployment->app.architecture, DEPLOYMENT_USER, DEPLOYMENT_USER, DEPLOYMENT_USER);
	if (deployment->app.kvm && deployment->kvm_group >= 0)
		fprintf(out, "        supplementalGroups: [%ld]   # of /dev/kvm\n", deployment->kvm_group);
	if (deployable_count(&deployment->app, true))
		fputs("      initContainers:\n", out);
	for (size_t i = 0; i < deployment->app.device_count; i++)
		if (deployment->app.devices[i].network) {
			passt_print(out, deployment, i, forwards);
			forwards = false;
		}
	appliance_print(out, deployment);
	volumes_print(out, deployment);
}

static void service_print(FILE *out, const struct deployment *deployment)
{
	object_print(out, deployment, "v1", "Service", deployment->name);
	fprintf(out, "spec:\n  selector: {app.kubernetes.io/name: %s}\n  ports:\n", deployment->name);
	for (size_t i = 0; i < deployment->forward_count; i++) {
		const struct forward *forward = &deployment->forwards[i];
		const char *protocol = port_protocol(&forward->port);

		fprintf(out, "    - {name: %s-%u, port: %u, targetPort: %u, protocol: %s}\n", protocol, forward->port.number,
			forward->port.number, forward->outside, str_upper(protocol));
	}
}

static void claim_print(FILE *out, const struct deployment *deployment, size_t disk)
{
	object_print(out, deployment, "v1", "PersistentVolumeClaim", str_format("%s-disk-%zu", deployment->name, disk));
	fprintf(out, "spec:\n  accessModes: [ReadWriteOnce]\n  volumeMode: Block\n"
		"  resources: {requests: {storage: 1Gi}}   # disk %s: the size that it needs\n", deployment->app.devices[disk].name);
}

void kubernetes_write(struct deployment *deployment)
{
	FILE *out = outputs_add(&deployment->outputs, str_format("%s.yaml", deployment->name));

	fprintf(out, "# the appliance %s -- written by ukgen deploy\n", deployment->name);
	for (size_t i = 0; i < deployment->app.device_count; i++)
		if (!deployment->app.devices[i].network)
			claim_print(out, deployment, i);
	if (deployment->forward_count)
		service_print(out, deployment);
	deployment_print(out, deployment);
}
