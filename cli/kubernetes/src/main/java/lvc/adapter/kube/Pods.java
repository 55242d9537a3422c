package lvc.adapter.kube;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lvc.core.kube.PodSeen;

/** From a pod of the API to what lvc wants to know of it. */
final class Pods {
    private static final String REVISION = "controller-revision-hash";

    private Pods() {}

    static PodSeen seen(Pod pod) {
        return new PodSeen(
                pod.getMetadata().getName(),
                Optional.ofNullable(pod.getStatus().getPhase()).orElse("Unknown"),
                holds(pod, "Ready", "True").isPresent(),
                pod.getMetadata().getDeletionTimestamp() != null,
                Optional.ofNullable(pod.getMetadata().getLabels())
                        .map(labels -> labels.get(REVISION))
                        .orElse(""),
                holds(pod, "PodScheduled", "False").map(PodCondition::getMessage),
                Stream.concat(
                                statuses(pod.getStatus().getInitContainerStatuses()),
                                statuses(pod.getStatus().getContainerStatuses()))
                        .map(Pods::container)
                        .toList(),
                pod.getMetadata().getUid());
    }

    private static Stream<ContainerStatus> statuses(List<ContainerStatus> all) {
        return Optional.ofNullable(all).orElse(List.of()).stream();
    }

    private static Optional<PodCondition> holds(Pod pod, String type, String status) {
        return Optional.ofNullable(pod.getStatus().getConditions()).orElse(List.of()).stream()
                .filter(each -> type.equals(each.getType()) && status.equals(each.getStatus()))
                .findFirst();
    }

    private static PodSeen.Container container(ContainerStatus status) {
        Optional<ContainerStateWaiting> waiting =
                Optional.ofNullable(status.getState()).map(ContainerState::getWaiting);
        Optional<ContainerStateTerminated> ended = Optional.ofNullable(status.getLastState())
                .map(ContainerState::getTerminated)
                .or(() -> Optional.ofNullable(status.getState()).map(ContainerState::getTerminated));
        return new PodSeen.Container(
                status.getName(),
                waiting.map(ContainerStateWaiting::getReason),
                waiting.map(ContainerStateWaiting::getMessage).orElse(""),
                Optional.ofNullable(status.getRestartCount()).orElse(0),
                ended.map(ContainerStateTerminated::getExitCode),
                ended.map(ContainerStateTerminated::getReason).orElse(""));
    }
}
